using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Reads profiles by their last change and events by their time. Klaviyo's cursors name a place in that order, so that nothing is skipped.</summary>
/// <param name="isRead">Whether events of this topic say anything.</param>
internal sealed class KlaviyoHistory(Func<string, bool> isRead)
{
    public const string Profiles = "profiles";
    public const string Events = "events";

    public static IReadOnlyList<string> Streams { get; } = [Profiles, Events];

    public Task<BackfillPage> ReadAsync(BackfillRequest request, IKlaviyoApi api, CancellationToken cancellationToken) =>
        request.Stream == Profiles ? ProfilesAsync(request, api, cancellationToken) : EventsAsync(request, api, cancellationToken);

    private static async Task<BackfillPage> ProfilesAsync(BackfillRequest request, IKlaviyoApi api, CancellationToken cancellationToken)
    {
        // There is no "at or after" for this filter.
        var filter = request.Since is { } since ? $"greater-than(updated,{Write(since.AddSeconds(-1))})" : null;
        var answer = await api.ProfilesAsync(filter, request.Cursor, cancellationToken);
        return new BackfillPage([.. answer["data"].Items().Select(profile => new VendorObject(KlaviyoProfiles.ObjectType, profile["id"].RequiredId(), profile))], Next(answer));
    }

    private async Task<BackfillPage> EventsAsync(BackfillRequest request, IKlaviyoApi api, CancellationToken cancellationToken)
    {
        var filter = request.Since is { } since ? $"greater-or-equal(datetime,{Write(since)})" : null;
        var answer = await api.EventsAsync(filter, request.Cursor, cancellationToken);
        var topics = answer["included"].Items().Where(included => included["type"].Text() == "metric").DistinctBy(metric => metric["id"].RequiredId(), StringComparer.Ordinal).ToDictionary(metric => metric["id"].RequiredId(), TopicOf, StringComparer.Ordinal);
        var objects = answer["data"].Items()
            .Select(told => (Event: told, Topic: MetricOf(told, topics)))
            .Where(told => isRead(told.Topic))
            .Select(told => AsTold(told.Event, told.Topic));
        return new BackfillPage([.. objects], Next(answer));
    }

    private static string MetricOf(Payload told, Dictionary<string, string> topics)
    {
        var metric = told["relationships"]["metric"]["data"]["id"];
        return topics.TryGetValue(metric.RequiredId(), out var topic) ? topic : throw metric.Not("a metric that the answer includes");
    }

    // "Opened Email" of Klaviyo is event:klaviyo.opened_email.
    private static string TopicOf(Payload metric)
    {
        var attributes = metric["attributes"];
        return $"event:{Slug(attributes["integration"]["name"].Text() ?? "api")}.{Slug(attributes["name"].RequiredText())}";
    }

    private static string Slug(string name) => string.Join('_', new string([.. name.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // An event as an item of a webhook has it: the API tells the metric by its id alone.
    private static VendorObject AsTold(Payload told, string topic)
    {
        var id = told["id"].RequiredId();
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("external_id", id);
            writer.WriteString("topic", topic);
            writer.WriteStartObject("payload");
            writer.WritePropertyName("data");
            writer.WriteRawValue(told.Raw().Span);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return new VendorObject(new ObjectReference("event", id), output.ToArray());
    }

    private static string? Next(Payload answer)
    {
        if (answer["links"]["next"].Text() is not { } link) return null;
        var query = link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..];
        return query.Split('&').Select(Uri.UnescapeDataString).FirstOrDefault(part => part.StartsWith("page[cursor]=", StringComparison.Ordinal))?["page[cursor]=".Length..]
            ?? throw answer["links"]["next"].Not("a link with a cursor");
    }

    private static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
