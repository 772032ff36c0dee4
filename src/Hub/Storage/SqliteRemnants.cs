using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace IntegrationHub.Hub.Storage;

/// <summary>
/// Finds and clears what SQLite leaves in the unused parts of its pages. <c>secure_delete</c> overwrites rows that are deleted, but not the copies
/// that stay behind when a page is split and rows move to another one. The layout of a page is that of https://www.sqlite.org/fileformat2.html.
/// </summary>
internal sealed class SqliteRemnants(string file, DbSession writer) : IDisposable
{
    /// <summary>Pages that are cleared in one go, while nothing else is written.</summary>
    public const int MaxPages = 2048;

    private const int ChunkBytes = 1 << 20;

    // Above this number of pages the first byte of a page does not tell any more whether it holds rows. That is 137 GB.
    private const long MaxCountOfPages = 1 << 25;

    // Closing a file gives up all locks that the process has on it, SQLite's too: the file stays open as long as the database.
    private SafeFileHandle? opened;

    /// <summary>Numbers of the pages with something to clear, from 0, as far as can be told beside the writer. The first page holds the schema alone, and is left out.</summary>
    public List<long> Find()
    {
        var handle = Open();
        var size = PageSize(handle);
        if (RandomAccess.GetLength(handle) / size > MaxCountOfPages) throw new NotSupportedException("The database is too large to be cleared of remnants.");
        var buffer = new byte[Math.Max(ChunkBytes, size)];
        List<long> found = [];
        for (long at = 0, read; (read = RandomAccess.Read(handle, buffer, at)) >= size; at += read / size * size)
        {
            for (var start = 0; start + size <= read; start += size)
            {
                var page = (at + start) / size;
                if (page > 0 && Unused(buffer.AsSpan(start, size)).Exists(range => buffer.AsSpan(start, size)[range].ContainsAnyExcept((byte)0))) found.Add(page);
            }
        }
        return found;
    }

    /// <summary>Empties the log and clears pages. No transaction may be open.</summary>
    /// <returns>False when a reader still needs the log.</returns>
    public bool TryWipe(IReadOnlyCollection<long> pages)
    {
        if (!TryEmptyLog()) return false;
        // Nobody else may write meanwhile, and no page may come back from a cache: hence the lock, the empty cache, and a commit that outdates all others.
        writer.Execute("pragma shrink_memory");
        writer.Execute("begin immediate");
        var isEmpty = !File.Exists(file + "-wal") || new FileInfo(file + "-wal").Length == 0;
        if (isEmpty) Wipe(pages);
        writer.Execute($"pragma user_version = {writer.First("pragma user_version", row => row.GetInt64(0))}");
        writer.Execute("commit");
        return isEmpty;
    }

    /// <summary>Empties the log, and waits until the disk has all.</summary>
    /// <returns>False when a reader still needs the log.</returns>
    public bool TryFlush()
    {
        if (!TryEmptyLog()) return false;
        RandomAccess.FlushToDisk(Open());
        return true;
    }

    public void Dispose() => opened?.Dispose();

    // It must not wait for readers: nothing is written meanwhile.
    private bool TryEmptyLog()
    {
        var patience = writer.First("pragma busy_timeout", row => row.GetInt64(0));
        writer.Execute("pragma busy_timeout=0");
        try
        {
            return writer.First("pragma wal_checkpoint(truncate)", row => row.GetInt64(0)) == 0;
        }
        finally
        {
            writer.Execute($"pragma busy_timeout={patience}");
        }
    }

    private SafeFileHandle Open() => opened ??= File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    private void Wipe(IReadOnlyCollection<long> pages)
    {
        var handle = Open();
        var page = new byte[PageSize(handle)];
        var zeros = new byte[page.Length];
        foreach (var number in pages)
        {
            if (RandomAccess.Read(handle, page, number * page.Length) < page.Length) continue;
            foreach (var range in Unused(page))
            {
                var (offset, length) = range.GetOffsetAndLength(page.Length);
                if (length > 0) RandomAccess.Write(handle, zeros.AsSpan(0, length), (number * page.Length) + offset);
            }
        }
    }

    // The header of the file says how large a page is; 1 stands for 65,536.
    private static int PageSize(SafeFileHandle handle)
    {
        Span<byte> size = stackalloc byte[2];
        if (RandomAccess.Read(handle, size, 16) < 2) throw new InvalidDataException("The database file is empty.");
        var told = BinaryPrimitives.ReadUInt16BigEndian(size);
        return told == 1 ? 1 << 16 : told;
    }

    /// <summary>The parts of a page with rows that hold none: between the list of rows and the first row, and the free blocks among the rows.</summary>
    private static List<Range> Unused(ReadOnlySpan<byte> page)
    {
        var cells = page[0] switch { 2 or 5 => 12, 10 or 13 => 8, _ => 0 };
        if (cells == 0) return [];
        cells += 2 * BinaryPrimitives.ReadUInt16BigEndian(page[3..]);
        int content = BinaryPrimitives.ReadUInt16BigEndian(page[5..]);
        if (content == 0) content = 1 << 16;
        if (cells > content || content > page.Length) return [];
        List<Range> unused = [cells..content];
        for (int block = BinaryPrimitives.ReadUInt16BigEndian(page[1..]), last = content - 1; block > last && block + 4 <= page.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(page[(block + 2)..]);
            if (length < 4 || block + length > page.Length) break;
            unused.Add((block + 4)..(block + length));
            last = block;
            block = BinaryPrimitives.ReadUInt16BigEndian(page[block..]);
        }
        return unused;
    }
}
