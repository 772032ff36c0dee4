namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class PayloadTimeTests
{
    private const string Implausible = "is not a time between 1970 and 2200";
    private const string NoZone = "is a time without a zone";
    private const string NotIso = "is not an ISO 8601 time";

    [Theory]
    [InlineData("2026-11-21T12:00:00Z", "2026-11-21T12:00:00.0000000")]
    [InlineData(" 2026-11-21T12:00:00Z ", "2026-11-21T12:00:00.0000000")]
    [InlineData("2026-11-21T12:00:00+02:00", "2026-11-21T10:00:00.0000000")]
    [InlineData("2026-11-21T12:00:00-05:30", "2026-11-21T17:30:00.0000000")]
    [InlineData("2026-11-21T00:30:00+05:45", "2026-11-20T18:45:00.0000000")]
    [InlineData("2026-11-21T12:00:00+14:00", "2026-11-20T22:00:00.0000000")]
    [InlineData("2026-11-21T12:00:00-00:00", "2026-11-21T12:00:00.0000000")]
    [InlineData("2026-11-21T12:00:00+0200", "2026-11-21T10:00:00.0000000")]
    [InlineData("2026-11-21T12:00:00+02", "2026-11-21T10:00:00.0000000")]
    [InlineData("2026-11-21T12:00Z", "2026-11-21T12:00:00.0000000")]
    [InlineData("2026-11-21 12:00:00Z", "2026-11-21T12:00:00.0000000")]
    [InlineData("2026-11-21 12:00:00 +0200", "2026-11-21T10:00:00.0000000")]
    [InlineData("2026-11-21t12:00:00z", "2026-11-21T12:00:00.0000000")]
    [InlineData("2026-11-21T12:00:00.5Z", "2026-11-21T12:00:00.5000000")]
    [InlineData("2026-11-21T12:00:00.123Z", "2026-11-21T12:00:00.1230000")]
    [InlineData("2026-11-21T12:00:00.123456Z", "2026-11-21T12:00:00.1234560")]
    [InlineData("2026-11-21T12:00:00.1234567Z", "2026-11-21T12:00:00.1234567")]
    [InlineData("2026-11-21T12:00:00.000000+01:00", "2026-11-21T11:00:00.0000000")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.0000000")]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.0000000")]
    [InlineData("1970-01-01T02:00:00+02:00", "1970-01-01T00:00:00.0000000")]
    [InlineData("2199-12-31T23:59:59.9999999Z", "2199-12-31T23:59:59.9999999")]
    public void Time_with_a_zone_is_read_in_utc(string text, string expected)
    {
        var time = Assert.NotNull(Read(text));
        Assert.Equal((expected, TimeSpan.Zero), (time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff"), time.Offset));
        Assert.Equal(time, Given.Form($"at={Uri.EscapeDataString(text)}").Time("at"));
    }

    [Theory]
    [InlineData("2026-11-21T12:00:00", NoZone)]
    [InlineData("2026-11-21T12:00:00.123", NoZone)]
    [InlineData("2026-11-21 12:00:00", NoZone)]
    [InlineData("2026-11-21 12:00", NoZone)]
    [InlineData("2026-11-21", NoZone)]
    [InlineData("2026-11-21 12:00:00 GMT", NoZone)]
    [InlineData("1969-12-31T23:59:59Z", Implausible)]
    [InlineData("1970-01-01T00:00:00+00:01", Implausible)]
    [InlineData("2200-01-01T00:00:00Z", Implausible)]
    [InlineData("0001-01-01T00:00:00Z", Implausible)]
    [InlineData("9999-12-31T23:59:59Z", Implausible)]
    [InlineData("0001-01-01T00:00:00+14:00", NotIso)]
    [InlineData("9999-12-31T23:59:59-14:00", NotIso)]
    [InlineData("0000-00-00T00:00:00Z", NotIso)]
    [InlineData("2026-02-30T12:00:00Z", NotIso)]
    [InlineData("2026-13-01T12:00:00Z", NotIso)]
    [InlineData("2026-11-21T25:00:00Z", NotIso)]
    [InlineData("2026-11-21T12:60:00Z", NotIso)]
    [InlineData("2026-11-21T12:00:00+15:00", NotIso)]
    [InlineData("2026-11-21T12:00:00+02:60", NotIso)]
    [InlineData("2026-11-21T12:00:00 UTC", NotIso)]
    [InlineData("2026-11-21T12:00:00ZZ", NotIso)]
    [InlineData("2026-11-21T12:00:00\u221205:00", NotIso)]
    [InlineData("2026-W47-6T12:00:00Z", NotIso)]
    [InlineData("2026-325T12:00:00Z", NotIso)]
    [InlineData("2026-11", NotIso)]
    [InlineData("20261121T120000Z", NotIso)]
    [InlineData("26-11-21T12:00:00Z", NotIso)]
    [InlineData("+2026-11-21T12:00:00Z", NotIso)]
    [InlineData("21-11-2026 12:00:00 +01:00", NotIso)]
    [InlineData("21.11.2026 12:00:00 +01:00", NotIso)]
    [InlineData("1795262400", NotIso)]
    [InlineData("tomorrow", NotIso)]
    [InlineData("12:00:00+02:00", NotIso)]
    public void Text_that_is_no_time_with_a_zone_is_an_error(string text, string problem)
    {
        Assert.Equal($"$.at {problem}", Assert.Throws<PayloadException>(() => Read(text)).Message);
        Assert.Equal($"at {problem}", Assert.Throws<PayloadException>(() => Given.Form($"at={Uri.EscapeDataString(text)}").Time("at")).Message);
    }

    [Fact]
    public void Digits_beyond_a_tenth_of_a_microsecond_are_cut_off_in_json() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567), Read("2026-11-21T12:00:00.123456789Z"));

    [Theory]
    [InlineData("03/04/2026 12:00:00 -05:00")]
    [InlineData("11/21/2026 12:00:00 +00:00")]
    [InlineData("Saturday, 21-Nov-2026 12:00:00")]
    [InlineData("Sat, 21 Nov 2026 12:00:00 -0500")]
    [InlineData("Nov 21, 2026 12:00:00 -05:00")]
    public void Order_of_day_and_month_is_never_guessed(string text) =>
        Assert.Equal($"$.at {NotIso}", Assert.Throws<PayloadException>(() => Read(text)).Message);

    [Theory]
    [InlineData("0", "1970-01-01T00:00:00.0000000")]
    [InlineData("1795262400", "2026-11-21T12:00:00.0000000")]
    [InlineData("\"1795262400\"", "2026-11-21T12:00:00.0000000")]
    [InlineData("7258118399", "2199-12-31T23:59:59.0000000")]
    public void Unix_seconds_are_read_in_utc(string json, string expected)
    {
        var time = Assert.NotNull(Given.Json($"{{\"at\":{json}}}")["at"].EpochSeconds());
        Assert.Equal((expected, TimeSpan.Zero), (time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff"), time.Offset));
        Assert.Equal(time, Given.Json($"{{\"at\":{json}}}")["at"].RequiredEpochSeconds());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("7258118400")]
    [InlineData("1795262400000")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    public void Unix_seconds_before_1970_or_from_2200_on_are_an_error(string json) =>
        Assert.Equal($"$.at {Implausible}", Assert.Throws<PayloadException>(() => Given.Json($"{{\"at\":{json}}}")["at"].EpochSeconds()).Message);

    private static DateTimeOffset? Read(string text) => Given.Json($"{{\"at\":\"{text}\"}}")["at"].Time();
}
