using System.Collections.Frozen;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>
/// Addresses that several people read, that nobody reads, or that stand in for a missing one. Relay addresses which a marketplace makes
/// for each buyer (Amazon, Booking.com, Shopify, Apple, GitHub) name one person and are not among them.
/// </summary>
internal static class EmailBlocklist
{
    private const string Role = "a role address, read by several people";
    private const string Automatic = "an automatic sender, read by nobody";
    private const string Missing = "a placeholder for a missing address";
    private const string Test = "a test value";
    private const string Template = "a template that was not filled in";
    private const string Sample = "a sample contact that the vendor puts into every account";

    /// <summary>Below this length a dot may stand between a person's initials: h.r@ is nobody's department.</summary>
    private const int ShortestSqueezed = 5;

    private static readonly FrozenDictionary<string, string> LocalParts = Reasons(
        (Role, EmailLocalParts.Roles), (Automatic, EmailLocalParts.Automatic), (Missing, EmailLocalParts.Missing), (Test, EmailLocalParts.Tests));

    private static readonly FrozenDictionary<string, string> LocalPartsOfSampleDomains = Reasons((Test, EmailLocalParts.Samples));

    private static readonly FrozenDictionary<string, string> Addresses = Reasons(
        (Missing, "na@na.com x@x.com xx@xx.com xxx@xxx.com no@no.com non@non.com no@email.com no@mail.com a@a.com a@b.com a@b.c aa@aa.com aaa@aaa.com "
            + "abc@abc.com abc@xyz.com 123@123.com 1@1.com email@email.com mail@mail.com nope@nope.com na@gmail.com no@gmail.com none@gmail.com"),
        (Sample, "bh@hubspot.com emailmaria@hubspot.com coolrobot@hubspot.com"));

    /// <summary>Domains under which every address is made up.</summary>
    private static readonly FrozenDictionary<string, string> Domains = Reasons(
        (Missing, "example.invalid noemail.com noemail.net noemail.org no-email.com noemail.invalid nomail.com none.com noreply.com noreply.invalid nowhere.com"));

    /// <summary>Domains of documentation and of people in a hurry, where some local parts are no one's; example.com as such is not blocked.</summary>
    private static readonly FrozenSet<string> SampleDomains = FrozenSet.Create(
        StringComparer.Ordinal,
        "example.com", "example.org", "example.net", "test.com", "test.de", "test.org", "test.net", "test.test", "email.com", "mail.com", "domain.com",
        "yourdomain.com", "mydomain.com", "company.com", "website.com", "foo.com", "bar.com", "foobar.com", "foo.bar", "asdf.com", "abc.com", "fake.com");

    public static string? Blocks(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1)
            return "no address";
        if (Addresses.TryGetValue(address, out var reason))
            return reason;
        var domain = address.AsSpan(at + 1);
        if (Find(Domains, domain) is { } byDomain)
            return byDomain;
        var localPart = WithoutTag(address.AsSpan(0, at));
        return BlocksLocalPart(localPart)
            ?? (SampleDomains.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain) ? Find(LocalPartsOfSampleDomains, localPart) : null);
    }

    private static string? BlocksLocalPart(ReadOnlySpan<char> localPart)
    {
        if (Find(LocalParts, localPart) is { } reason)
            return reason;
        if (IdBlocklist.IsTemplate(localPart))
            return Template;
        if (localPart.StartsWith("test") && !localPart["test".Length..].ContainsAnyExceptInRange('0', '9'))
            return Test;
        if (localPart.Length < ShortestSqueezed || localPart.Length > 64)
            return null;
        Span<char> squeezed = stackalloc char[64];
        return BlocksSqueezed(squeezed[..Squeeze(localPart, squeezed)]);
    }

    private static string? BlocksSqueezed(ReadOnlySpan<char> localPart)
    {
        if (localPart.Length < ShortestSqueezed)
            return null;
        if (Find(LocalParts, localPart) is { } reason)
            return reason;
        return localPart.StartsWith("noreply") || localPart.StartsWith("donotreply") ? Automatic : null;
    }

    private static ReadOnlySpan<char> WithoutTag(ReadOnlySpan<char> localPart)
    {
        var tag = localPart.IndexOf('+');
        return tag > 0 ? localPart[..tag] : localPart;
    }

    /// <summary>Copies without dots, hyphens and underscores: no-reply and no_reply are noreply.</summary>
    private static int Squeeze(ReadOnlySpan<char> localPart, Span<char> squeezed)
    {
        var length = 0;
        foreach (var c in localPart)
            if (c is not ('.' or '-' or '_'))
                squeezed[length++] = c;
        return length;
    }

    private static string? Find(FrozenDictionary<string, string> reasons, ReadOnlySpan<char> key) =>
        reasons.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var reason) ? reason : null;

    private static FrozenDictionary<string, string> Reasons(params ReadOnlySpan<(string Reason, string Values)> lists)
    {
        Dictionary<string, string> reasons = new(StringComparer.Ordinal);
        foreach (var (reason, values) in lists)
            foreach (var value in values.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                reasons.Add(value, reason);
        return reasons.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
