using System.Text;

namespace IntegrationHub.Hub.Configuration;

/// <summary>A connectors file as it lies on disk. Equal by content, which is how a change is noticed.</summary>
/// <remarks>Size and write time are no measure of a change: a link can be turned to another file while they stay the same.</remarks>
internal abstract record FileText
{
    public const int MaxBytes = 5 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private FileText() { }

    /// <summary>Its text, without byte order mark.</summary>
    public sealed record Read(string Text) : FileText;

    /// <summary>There is no text to be had.</summary>
    /// <param name="Line">Line, from 1; 0 when it is about the file as a whole.</param>
    /// <param name="Problem">What is wrong and what to do.</param>
    public sealed record Unreadable(int Line, string Problem) : FileText;

    /// <summary>Reads a file; what goes wrong is a result.</summary>
    public static FileText Of(string path)
    {
        if (Directory.Exists(path)) return new Unreadable(0, $"is a directory: {path}; name a file in Hub:ConnectorsFile");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MaxBytes) return new Unreadable(0, "is larger than 5 MiB");
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Unreadable(0, $"does not exist: {path}; " + """create it with {"connections": {}}, or name another file in Hub:ConnectorsFile""");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new Unreadable(0, $"can't be read: {exception.Message}");
        }
    }

    private static FileText Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        try
        {
            return new Read(StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException exception)
        {
            return new Unreadable(bytes[..exception.Index].Count((byte)'\n') + 1, "is not UTF-8 on this line; save the file as UTF-8");
        }
    }
}
