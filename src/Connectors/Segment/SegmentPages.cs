using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Segment;

/// <summary>What visitors look at and take along.</summary>
internal static class SegmentPages
{
    /// <summary>A page or screen was shown.</summary>
    public static Normalization Viewed(SegmentCall call) => Normalization.Of($"messages/{call.Id}", new PageViewed
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = call.Person,
        Source = call.Source,
        Attribution = call.Attribution,
        Url = SegmentValue.Scalar(call.Properties["url"]) ?? call.Url,
        Title = SegmentValue.Scalar(call.Properties["title"]) ?? SegmentValue.Scalar(call.Item["name"]) ?? SegmentValue.Scalar(call.Page["title"]),
    });

    /// <summary>A file was downloaded. There is no standard event for it: names and properties are this hub's convention.</summary>
    public static Normalization Downloaded(SegmentCall call)
    {
        var url = SegmentValue.Scalar(call.Properties, "url", "file_url", "link_url");
        if ((SegmentValue.Scalar(call.Properties, "content_id", "file_name") ?? url) is not { } id) return new Normalization.Ignored(call.Topic, "it names no file: none of file_name, content_id and url is told");
        return Normalization.Of($"messages/{call.Id}", new ContentDownloaded
        {
            OccurredAt = call.Time,
            TimeBasis = call.Basis,
            Person = call.Person,
            Source = call.Source,
            Attribution = call.Attribution,
            ContentId = id,
            Title = SegmentValue.Scalar(call.Properties, "title", "name"),
            Url = url,
        });
    }
}
