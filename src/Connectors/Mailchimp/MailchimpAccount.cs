using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>What the settings tell of the account: its merge fields, the names of its audiences, where its pages are.</summary>
internal sealed class MailchimpAccount(MailchimpSettings settings)
{
    /// <summary>The merge fields by what they mean.</summary>
    public MailchimpMergeFields MergeFields { get; } = new(settings.MergeFields);

    /// <summary>Name of an audience, when the settings tell.</summary>
    public string? AudienceName(string? id) => id is null ? null : settings.Audiences.GetValueOrDefault(id);

    /// <summary>A member of an audience as the vendor's object.</summary>
    /// <param name="id">The subscriber hash where the address is known: what the API calls <c>id</c>.</param>
    /// <param name="webId">Its number in Mailchimp's pages.</param>
    public SourceReference Member(string id, string? webId) => new()
    {
        ObjectType = "member",
        ObjectId = id,
        Url = settings.DataCenter is { } center && webId is not null && webId.All(char.IsAsciiDigit)
            ? $"https://{center}.admin.mailchimp.com/lists/members/view?id={webId}"
            : null,
    };

    /// <summary>Mailchimp's name of an address in its API: the MD5 of its lower-case form, in hex.</summary>
    public static string SubscriberHash(string email)
    {
#pragma warning disable CA5351 // The vendor names addresses so; nothing secret depends on it.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
#pragma warning restore CA5351
    }
}
