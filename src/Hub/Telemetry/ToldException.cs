using System.Data.Common;
using System.Net.Sockets;
using System.Text;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>An exception as the log may tell it: its kind, where it happened, and its message only where the hub wrote it. What a database, a parser or a client writes can hold a person's data or a key.</summary>
internal sealed class ToldException : Exception
{
    private const string OwnNamespace = "IntegrationHub.";
    private const int MaxDepth = 5;

    private readonly string text;

    public ToldException(Exception exception) : base(Kind(exception))
    {
        var told = new StringBuilder();
        Tell(told, exception, 1);
        text = told.ToString();
    }

    public override string ToString() => text;

    private static void Tell(StringBuilder told, Exception exception, int depth)
    {
        told.Append(Kind(exception)).Append('\n').Append(exception.StackTrace);
        if (depth == MaxDepth) return;
        foreach (var inner in exception is AggregateException several ? [.. several.InnerExceptions] : exception.InnerException is { } one ? [one] : Array.Empty<Exception>())
        {
            told.Append("\n ---> ");
            Tell(told, inner, depth + 1);
        }
    }

    private static string Kind(Exception exception)
    {
        var type = exception.GetType();
        var isOwn = type.Namespace is { } space && (space + ".").StartsWith(OwnNamespace, StringComparison.Ordinal);
        var fact = isOwn ? exception.Message : exception switch
        {
            DbException database => database.SqlState ?? $"code {database.ErrorCode}",
            HttpRequestException request => $"{request.HttpRequestError}{(request.StatusCode is { } status ? $", {(int)status}" : "")}",
            SocketException socket => socket.SocketErrorCode.ToString(),
            IOException file => $"0x{file.HResult:X8}",
            _ => null,
        };
        return fact is null ? $"{type}" : $"{type}: {fact}";
    }
}
