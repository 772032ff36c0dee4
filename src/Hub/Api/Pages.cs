using System.Globalization;

namespace IntegrationHub.Hub.Api;

/// <summary>Limits and cursors of lists.</summary>
internal static class Pages
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    /// <summary>The limit to use, or the problem with the one given.</summary>
    public static (int Limit, IResult? Problem) Limit(int? given) => given switch
    {
        null => (DefaultLimit, null),
        >= 1 and <= MaxLimit => (given.Value, null),
        _ => (0, Problem($"limit must be from 1 to {MaxLimit}.")),
    };

    /// <summary>The cursor's numbers, or the problem with it. No cursor is no numbers.</summary>
    public static (long[] Numbers, IResult? Problem) Cursor(string? given, int count)
    {
        if (given is null) return ([], null);
        var parts = given.Split('-');
        var numbers = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return ([], Invalid);
        }
        return parts.Length == count ? (numbers, null) : ([], Invalid);
    }

    public static string Write(params long[] numbers) => string.Join('-', numbers);

    public static IResult Problem(string detail) => Results.Problem(statusCode: 400, detail: detail);

    private static IResult Invalid => Problem("cursor is not one that this list gave; leave it out to start anew.");
}
