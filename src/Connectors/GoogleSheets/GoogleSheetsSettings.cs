using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>Settings of a connection to Google Forms and to the spreadsheets behind them.</summary>
public sealed record GoogleSheetsSettings : ConnectorSettings
{
    /// <summary>The script property <c>HUB_SECRET</c>, with which the script signs; a list while it is being rotated.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>What an answer says about the respondent: the question's title (case aside) or its item id, with the form's or spreadsheet's id and <c>/</c> before it where it counts there only, to a target such as <c>company</c>, <c>custom.topic</c> or <c>consent.email</c>.</summary>
    /// <value>Default empty: an English title that reads like a field counts as that (<c>Email address</c>, <c>First name</c>, <c>utm_source</c>); consent is never guessed.</value>
    [AnswerTarget]
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Further answers that give consent, as the form shows them, case aside.</summary>
    /// <value>Default empty: yes in several languages, alone or as the first word; of a form's own answers also any ticked box.</value>
    public IReadOnlyList<string> YesAnswers { get; init; } = [];

    /// <summary>Further answers that refuse consent, as the form shows them, case aside.</summary>
    /// <value>Default empty: no in several languages, alone or as the first word.</value>
    public IReadOnlyList<string> NoAnswers { get; init; } = [];

    /// <summary>Forms whose answers are registrations for an event: id of the form or of the spreadsheet, to the title of the event.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyDictionary<string, string> Registrations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
