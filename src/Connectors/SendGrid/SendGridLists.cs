using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>The lists of addresses that SendGrid does not write to. They name no event and no message, so that their facts have names of their own.</summary>
/// <param name="groups">Names of the unsubscribe groups by their ids.</param>
internal sealed class SendGridLists(IReadOnlyDictionary<string, string> groups)
{
    private const string Groups = "group_unsubscribes";
    private const int PageSize = 200;

    // An address that is taken off a list moves the rest up: pages overlap.
    private const int Step = 180;

    public static IReadOnlyList<string> Streams { get; } = ["bounces", "invalid_emails", "spam_reports", "unsubscribes", Groups];

    public static async Task<BackfillPage> ReadAsync(BackfillRequest request, ISendGridApi api, CancellationToken cancellationToken)
    {
        if (request.Stream == Groups)
        {
            var all = (await api.GroupsAsync(cancellationToken)).Items();
            return new BackfillPage([.. all.Where(entry => request.Since is not { } since || Created(entry) >= since).Select(entry => Object(Groups, entry))], null);
        }
        var offset = int.Parse(request.Cursor ?? "0", CultureInfo.InvariantCulture);
        var entries = (await api.ListAsync(request.Stream, request.Since?.ToUnixTimeSeconds(), request.Until.ToUnixTimeSeconds(), offset, cancellationToken)).Items().ToList();
        return new BackfillPage(
            [.. entries.Select(entry => Object(request.Stream, entry))],
            entries.Count == PageSize ? (offset + Step).ToString(CultureInfo.InvariantCulture) : null);
    }

    public Normalization Read(string list, Payload entry)
    {
        var (at, group) = (Created(entry), entry["group_id"].Id());
        var id = Id(list, entry);
        var person = new Person { Identifiers = [Identifier.Email(entry["email"].RequiredText())] };
        var source = new SourceReference { ObjectType = list, ObjectId = id };
        ContactEvent? told = list switch
        {
            "bounces" or "invalid_emails" => new EmailBounced { OccurredAt = at, Person = person, Source = source, Type = BounceType.Hard, Code = entry["status"].Text(), Description = entry["reason"].Text() },
            "spam_reports" => new EmailComplained { OccurredAt = at, Person = person, Source = source },
            "unsubscribes" => new EmailUnsubscribed { OccurredAt = at, Person = person, Source = source },
            Groups => new EmailUnsubscribed { OccurredAt = at, Person = person, Source = source, ListId = group, ListName = entry["group_name"].Text() ?? groups.GetValueOrDefault(group ?? "") },
            _ => null,
        };
        return told is null ? new Normalization.Ignored(list, "the connector does not read such a list") : Normalization.Of($"{list}/{id}", told);
    }

    private static VendorObject Object(string list, Payload entry) => new(list, Id(list, entry), entry);

    private static DateTimeOffset Created(Payload entry) => entry["created"].EpochSeconds() ?? entry["created_at"].EpochSeconds() ?? throw entry["created"].Missing();

    // An entry has no id but the address, which must not be in one.
    private static string Id(string list, Payload entry)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(entry["email"].RequiredText().ToLowerInvariant()));
        var group = list == Groups ? $"{entry["group_id"].RequiredId()}/" : "";
        return $"{group}{Created(entry).ToUnixTimeSeconds()}/{Convert.ToHexStringLower(digest.AsSpan(0, 12))}";
    }
}
