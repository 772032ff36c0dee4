namespace IntegrationHub.Fuzzing.Mutators;

/// <summary>Changes headers: missing, doubled, huge, in another case, not of ASCII.</summary>
internal static class HeaderMutator
{
    private static readonly string[] Names = ["Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Host", "Origin", "Authorization", "Accept", "Expect", "Range", "Cookie", "traceparent", "X-Forwarded-For", "X-Forwarded-Proto", "X-HTTP-Method-Override", "If-None-Match", "Date", "Retry-After", "Link"];

    private static readonly string[] Values =
    [
        "", " ", ",", ";", "=", "\"", "a\tb", "Zoë", "\u00ff\u0100", "\ud83d\ude00", "gzip", "identity", "chunked", "application/json", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a", "text/xml",
        "application/json;;;charset", "*/*;q=-1", "bytes=0-0,-1", "100-continue", "-1", "0", "99999999999", "1e9", "Basic", "Basic !", "Basic Og==", "Bearer", "Bearer \u00ff", "null", "https://example.com", "https://exämple.com\u0001", "Wed, 31 Feb 2026 25:61:61 GMT", "00-00000000000000000000000000000000-0000000000000000-01",
        "<http://[>; rel=\"next\"", "<>; rel=next", "t=,v1=", "t=99999999999999999999,v1=00", "sha256=", new('a', 9_000), new(',', 5_000),
    ];

    public static IReadOnlyList<KeyValuePair<string, string>> Change(IReadOnlyList<KeyValuePair<string, string>> headers, Dice dice)
    {
        List<KeyValuePair<string, string>> changed = [.. headers];
        if (changed.Count == 0 || dice.OneIn(4))
        {
            changed.Insert(dice.Below(changed.Count + 1), new(dice.Of(Names), dice.Of(Values)));
            return changed;
        }
        var at = dice.Below(changed.Count);
        var (name, value) = changed[at];
        switch (dice.Below(7))
        {
            case 0:
                changed.RemoveAt(at);
                break;
            case 1:
                changed.Insert(dice.Below(changed.Count + 1), new(name, dice.OneIn(2) ? value : dice.Of(Values)));
                break;
            case 2:
                changed[at] = new(dice.OneIn(2) ? name.ToUpperInvariant() : dice.Of(Names), value);
                break;
            case 3:
                changed[at] = new(name, value + dice.Of(Values));
                break;
            case 4:
                changed[at] = new(name, dice.Of(StrangeValues.Texts));
                break;
            case 5:
                changed[at] = new(name, changed[dice.Below(changed.Count)].Value);
                break;
            default:
                changed[at] = new(name, dice.Of(Values));
                break;
        }
        return changed;
    }
}
