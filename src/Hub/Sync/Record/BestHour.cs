namespace IntegrationHub.Hub.Sync.Record;

/// <summary>The hour of the day in which a person habitually opens and clicks e-mail, by the clock on their wall.</summary>
/// <remarks>
/// What is counted by month and hour is converted with the offset that the zone has in the middle of them. So opens on the other side of a change
/// of the clocks within the same month, about a week a year, count an hour off; and where the offset is no whole hour, the opens of an hour stay together.
/// </remarks>
/// <param name="Hour">0 to 23. Of hours with as many opens the one with more around it, then the earlier.</param>
/// <param name="TimeZone">IANA name of the zone; UTC when the person's is not known.</param>
/// <param name="Opens">Opens and clicks in that hour.</param>
/// <param name="InAll">Opens and clicks at any hour.</param>
internal sealed record BestHour(int Hour, string TimeZone, long Opens, long InAll)
{
    private const int HoursOfDay = 24;

    /// <param name="timeZone">What the person's field says; null when nothing.</param>
    /// <returns>Null when no open or click has a vendor's time.</returns>
    public static BestHour? Of(ContactState state, string? timeZone)
    {
        if (state.Engagement.ByMonthAndHour.Count == 0 || state.LastSeen is not { } lastSeen) return null;
        var zone = Find(timeZone);
        var counts = new long[HoursOfDay];
        foreach (var (slot, count) in state.Engagement.ByMonthAndHour)
        {
            var middle = new DateTimeOffset(lastSeen.Year, (slot / HoursOfDay) + 1, 15, slot % HoursOfDay, 30, 0, TimeSpan.Zero);
            counts[TimeZoneInfo.ConvertTime(middle, zone).Hour] += count;
        }
        var best = Enumerable.Range(0, HoursOfDay).MaxBy(hour => (counts[hour], Around(counts, hour), -hour));
        return new BestHour(best, zone.Id, counts[best], counts.Sum());
    }

    private static long Around(long[] counts, int hour) => counts[(hour + HoursOfDay - 1) % HoursOfDay] + counts[hour] + counts[(hour + 1) % HoursOfDay];

    // The name comes from outside and is looked up among files: only what can be the name of a zone is.
    private static TimeZoneInfo Find(string? name) =>
        name is { Length: > 0 and <= 64 } && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId
            ? zone
            : TimeZoneInfo.Utc;
}
