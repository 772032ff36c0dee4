using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Privacy;

/// <summary>Searches the files of a data directory for values as raw bytes, and the tables where they are elsewhere.</summary>
internal static class ErasedBytes
{
    /// <summary>Where the values stand, in any of the spellings that the hub or a tool may use.</summary>
    public static async Task<List<string>> FindAsync(string dataDirectory, IEnumerable<string> values)
    {
        var copy = Directory.CreateTempSubdirectory("hub-copy-").FullName;
        try
        {
            // By another process: when this one closes the file, SQLite's locks on it are gone.
            using var copying = Process.Start("cp", ["-r", dataDirectory + "/.", copy]);
            await copying.WaitForExitAsync();
            Assert.Equal(0, copying.ExitCode);
            var files = Directory.GetFiles(copy, "*", SearchOption.AllDirectories);
            var contents = files.ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
            foreach (var (table, content) in TestDatabase.Contents(dataDirectory)) contents.Add($"table {table}", content);
            return [.. from value in values.Distinct() from spelling in Spellings(value) from file in contents where Stands(file.Value, Encoding.UTF8.GetBytes(spelling)) select $"{spelling} in {file.Key}"];
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static IEnumerable<string> Spellings(string value)
    {
        var escaped = JsonSerializer.Serialize(value)[1..^1];
        var ascii = string.Concat(value.Select(letter => char.IsAscii(letter) ? letter.ToString() : $"\\u{(int)letter:x4}"));
        return new[] { value, value.ToLowerInvariant(), escaped, ascii, WebUtility.UrlEncode(value), Uri.EscapeDataString(value) }.Distinct(StringComparer.Ordinal);
    }

    // Not as a part of a longer word or number: 17 does not stand in 170.
    private static bool Stands(byte[] content, byte[] value)
    {
        for (int at = 0, next; (next = content.AsSpan(at).IndexOf(value)) >= 0; at++)
        {
            at += next;
            if ((at == 0 || !IsWord(content[at - 1])) && (at + value.Length == content.Length || !IsWord(content[at + value.Length]))) return true;
        }
        return false;
    }

    private static bool IsWord(byte letter) => char.IsAsciiLetterOrDigit((char)letter);
}
