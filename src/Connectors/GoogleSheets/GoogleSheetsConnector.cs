namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>
/// Google Forms and Sheets: the answers of forms, sent by the Apps Script <c>relay.gs</c> of this folder, for Google itself pushes no answers.
/// The script signs: hex HMAC-SHA256 of <c>{X-Hub-Timestamp}.{raw body}</c> after <c>sha256=</c> in <c>X-Hub-Signature</c>.
/// See https://developers.google.com/apps-script/guides/triggers/events, read 2026-11-20.
/// </summary>
[Connector("google-sheets", "Google Forms and Sheets", ConnectorCategory.Forms)]
public sealed class GoogleSheetsConnector(GoogleSheetsSettings settings) : IWebhookSource, IBackfill
{
    private const int DigestLength = 64;

    private readonly GoogleAnswers answers = new(settings);

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret)
    {
        Header = "X-Hub-Signature",
        Prefix = "sha256=",
        Content = SignedContent.Of("{seconds:X-Hub-Timestamp}.{body}"),
    };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = ReadBy(new GoogleAnswers(settings));

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) =>
        delivery.Json["schema"].Text() ?? delivery.Json["message"]["attributes"]["eventType"].Text() ?? throw delivery.Json["schema"].Missing();

    /// <summary>The script's id. That of a row counts only with a digest of the row: row numbers are given again when rows are deleted.</summary>
    public string? DeliveryId(WebhookRequest request) =>
        JsonPeek.Text(request.Body.Span, "delivery_id") is { } id && (id.StartsWith("form:", StringComparison.Ordinal) || id.Split(':')[^1].Length == DigestLength) ? id : null;

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [GoogleFormsHistory.Responses];

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        GoogleFormsHistory.ReadAsync(request, settings.Forms, api.As<IGoogleFormsApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => answers.Read(delivery, GoogleFormsResponse.Read);

    private static TopicTable ReadBy(GoogleAnswers answers) => new()
    {
        { "hub.google_form.submit/1", delivery => answers.Read(delivery, GoogleFormResponse.Read) },
        { "hub.sheet.form_submit/1", delivery => answers.Read(delivery, GoogleSheetRow.Read) },
        { "RESPONSES", "a notice of a Forms watch, without answers; the script sends the answers themselves" },
        { "SCHEMA", "a notice of a Forms watch that a form was changed; no person" },
    };
}
