using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>
/// Jotform: forms with payments and appointments. One submission a request, as multipart text parts; the answers are JSON in <c>rawRequest</c>.
/// Nothing is signed: the token in the address is the proof. See the sources in README.md, read 2026-11-20.
/// </summary>
[Connector("jotform", "Jotform", ConnectorCategory.Forms)]
public sealed class JotformConnector(JotformSettings settings) : IWebhookSource, IBackfill
{
    // Jotform names no topic: what its form script sends along tells them apart.
    private const string Submission = "submission";
    private const string Edit = "edit";
    private const string Preview = "preview";

    private readonly JotformSubmissions submissions = new(settings);

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new TokenAuthentication(settings.WebhookToken);

    /// <inheritdoc/>
    public TopicTable Topics => field ??= new TopicTable
    {
        { Submission, submissions.Submitted },
        { Edit, submissions.Edited },
        { Preview, "the form was tried out in Jotform's preview" },
    };

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams => JotformHistory.Streams;

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery)
    {
        var raw = JotformSubmission.RawRequest(delivery.Form);
        if (raw["preview"].Scalar() is "true" or "1") return Preview;
        return raw["editSubmission"].Id() is null ? Submission : Edit;
    }

    /// <summary>The submission with a digest of its answers: an edit is another delivery, a repetition is not, though its boundary may differ.</summary>
    public string? DeliveryId(WebhookRequest request) =>
        FormPayload.Peek(request) is { } form && form.Text("submissionID") is { } id && form.Text("rawRequest") is { } raw
            ? $"{id}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw)))}"
            : null;

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        new JotformHistory(settings, api.As<IJotformApi>()).ReadAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => submissions.Seen(delivery);
}
