using System.Globalization;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Times of an entity, which come with the offset of the Pacific coast.</summary>
internal static class QuickBooksTime
{
    public static DateTimeOffset Changed(Payload entity) => entity["MetaData"]["LastUpdatedTime"].RequiredTime();

    /// <summary>When it was made; of what is deleted only the end is told.</summary>
    public static DateTimeOffset Made(Payload entity) => entity["MetaData"]["CreateTime"].Time() ?? Changed(entity);

    /// <summary>A day without a zone, as its beginning in UTC.</summary>
    public static DateTimeOffset? Day(Payload date) => date.Date() is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;

    /// <summary>A time as it stands in the key of a fact, and in a question to the API.</summary>
    public static string Key(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
