namespace IntegrationHub.Hub.Access;

/// <summary>Who does something, for the audit.</summary>
/// <param name="Who">As told by the caller, who is trusted with it; else the holder of the key.</param>
/// <param name="KeyId">The key that it was really done with.</param>
internal sealed record Actor(string Who, string? KeyId)
{
    /// <summary>Header by which a program says for whom it calls, percent-encoded.</summary>
    public const string Header = "Hub-Author";

    private const int MaxWho = 100;

    /// <summary>Who calls.</summary>
    /// <param name="author">Whom the request names besides the header; null when it names nobody.</param>
    public static Actor Of(HttpContext context, string? author = null)
    {
        var caller = Caller.Of(context);
        var told = string.IsNullOrWhiteSpace(author) ? Uri.UnescapeDataString(context.Request.Headers[Header].ToString()) : author;
        return new Actor(string.IsNullOrWhiteSpace(told) ? caller.Name : Shortened(told).Trim(), caller.Key);
    }

    // No database keeps a NUL in a text, and a line is a line.
    private static string Shortened(string text) => new([.. text.Where(letter => !char.IsControl(letter)).Take(MaxWho)]);
}
