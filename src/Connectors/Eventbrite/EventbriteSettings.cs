using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Settings of an Eventbrite connection: one connection is one organization.</summary>
public sealed record EventbriteSettings : ApiSettings
{
    /// <summary>A long random text of letters, digits, dashes and underscores, the last part of the webhook's address; a list while it is being changed. Eventbrite signs nothing.</summary>
    [Required, Secret]
    public required Secrets WebhookToken { get; init; }

    /// <summary>The private token of the account. A webhook only names an object: without the token there is nothing to read.</summary>
    [Required, Secret]
    public required string PrivateToken { get; init; }

    /// <summary>Id of the organization, whose orders and attendees are the history.</summary>
    /// <value>Digits; null reads no history.</value>
    [RegularExpression("^[0-9]{1,20}$", ErrorMessage = "must be the organization's id, digits only")]
    public string? OrganizationId { get; init; }

    /// <summary>What answers to the organiser's own questions say about the attendee: from the question's id or its text to a target such as <c>company</c>, <c>custom.diet</c> or <c>consent.email</c>.</summary>
    /// <value>Case does not matter. Default empty: answers are kept as answers, and say nothing about the person.</value>
    [AnswerTarget]
    public IReadOnlyDictionary<string, string> Questions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Further answers that give consent, as the form shows them, case aside.</summary>
    /// <value>Default empty: yes in several languages, alone or as the first word.</value>
    public IReadOnlyList<string> YesAnswers { get; init; } = [];

    /// <summary>Further answers that refuse consent, as the form shows them, case aside.</summary>
    /// <value>Default empty: no in several languages, alone or as the first word.</value>
    public IReadOnlyList<string> NoAnswers { get; init; } = [];

    internal ApiAccess Access() => new()
    {
        Address = ApiAddress("https://www.eventbriteapi.com/v3/"),
        Account = PrivateToken,
        Credential = ApiCredential.Bearer(PrivateToken),
        Limit = new CallLimit(2000, TimeSpan.FromHours(1)),
        Judge = EventbriteObjects.Judge,
    };
}
