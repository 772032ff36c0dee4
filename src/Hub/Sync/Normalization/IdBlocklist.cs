using System.Buffers;
using System.Collections.Frozen;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Ids that programs send when they have none. Customer data platforms (Segment, PostHog, Amplitude) refuse about the same ones.</summary>
internal static class IdBlocklist
{
    private static readonly FrozenSet<string> Placeholders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "null", "nil", "none", "undefined", "nan", "n/a", "na", "n.a.", "-1", "true", "false", "void", "empty", "blank", "missing", "invalid",
        "unknown", "unassigned", "unset", "not set", "not_set", "(not set)", "(none)", "(null)", "<null>", "[null]", "not provided", "not available",
        "no id", "noid", "no_id", "anonymous", "anonymous user", "anonymous_user", "anonymoususer", "anon", "guest", "guest user", "guest_user",
        "not_authenticated", "unauthenticated", "not logged in", "not_logged_in", "logged_out", "visitor", "nobody", "system", "default",
        "id", "user", "userid", "user_id", "user id", "uid", "distinct_id", "distinctid", "customer", "customerid", "customer_id", "email",
        "test", "tbd", "xxx", "[object object]", "[]", "{}", "\"\"", "''", "?", "%s");

    private static readonly SearchValues<char> Nothing = SearchValues.Create("0-{}.:");

    private static readonly string[] TemplateOpenings = ["{{", "${", "*|", "%%", "<%", "[[", "#{"];

    public static string? Blocks(string value)
    {
        var id = Invisible.Trim(value);
        if (!id.ContainsAnyExcept(Nothing))
            return "no id: zeros or nothing";
        if (Placeholders.GetAlternateLookup<ReadOnlySpan<char>>().Contains(id))
            return "no id: a placeholder";
        if (IsTemplate(id))
            return "no id: a template that was not filled in";
        return id.Length == 36 && !id.ContainsAnyExcept("fF-") ? "no id: a UUID of ones" : null;
    }

    /// <summary>Whether it opens like the variable of a template: <c>{{user.id}}</c>, <c>*|EMAIL|*</c>.</summary>
    public static bool IsTemplate(ReadOnlySpan<char> value)
    {
        foreach (var opening in TemplateOpenings)
            if (value.StartsWith(opening, StringComparison.Ordinal))
                return true;
        return false;
    }
}
