using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Tests.Sync.Record;

public sealed class BestHourTests
{
    [Fact]
    public void The_hour_is_that_of_the_persons_zone_in_summer_and_in_winter()
    {
        var state = Opened("2026-01-10T08:10Z", "2026-02-10T08:50Z", "2026-07-10T07:10Z", "2026-08-10T07:20Z", "2026-08-11T18:00Z");
        Assert.Equal(new BestHour(9, "Europe/Paris", 4, 5), BestHour.Of(state, "Europe/Paris"));
        Assert.Equal(new BestHour(3, "America/New_York", 4, 5), BestHour.Of(state, "America/New_York"));
        Assert.Equal(new BestHour(7, "UTC", 2, 5), BestHour.Of(state, null));
    }

    [Theory]
    [InlineData("Atlantis/Capital")]
    [InlineData("../../etc/localtime")]
    [InlineData("/usr/share/zoneinfo/Europe/Paris")]
    [InlineData("GMT+1 (Paris)")]
    [InlineData("")]
    public void A_zone_that_is_none_counts_as_utc_and_says_so(string timeZone) =>
        Assert.Equal(new BestHour(8, "UTC", 1, 1), BestHour.Of(Opened("2026-01-10T08:10Z"), timeZone));

    [Fact]
    public void Half_hours_of_a_zone_are_heeded() =>
        Assert.Equal(new BestHour(14, "Asia/Kolkata", 1, 1), BestHour.Of(Opened("2026-01-10T08:45Z"), "Asia/Kolkata"));

    [Fact]
    public void Of_two_hours_with_as_many_the_one_with_more_around_it_counts_then_the_earlier()
    {
        Assert.Equal(20, BestHour.Of(Opened("2026-01-10T08:00Z", "2026-01-11T08:00Z", "2026-01-10T20:00Z", "2026-01-11T20:00Z", "2026-01-12T21:00Z"), null)?.Hour);
        Assert.Equal(8, BestHour.Of(Opened("2026-01-10T20:00Z", "2026-01-10T08:00Z"), null)?.Hour);
        Assert.Equal(23, BestHour.Of(Opened("2026-01-10T12:00Z", "2026-01-10T12:00Z", "2026-01-10T23:00Z", "2026-01-11T23:00Z", "2026-01-12T00:30Z"), null)?.Hour);
    }

    [Fact]
    public void Opens_without_a_vendors_time_do_not_count()
    {
        var machine = new EmailOpened { OccurredAt = Told.Noon, TimeBasis = TimeBasis.Arrival, Person = new Person(), Source = Told.Source }.By("mailing", 1);
        Assert.Null(BestHour.Of(Told.Fold([machine]), "Europe/Paris"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Told.Shown(Told.Fold([machine])).GetProperty("engagement").GetProperty("bestHour").ValueKind);
    }

    [Fact]
    public void The_contact_shows_it_in_the_zone_of_its_field()
    {
        var clicked = new EmailClicked { OccurredAt = new(2026, 7, 1, 16, 0, 0, TimeSpan.Zero), Person = new Person { TimeZone = "Europe/Oslo" }, Source = Told.Source };
        Assert.Equal("""{"hour":18,"timeZone":"Europe/Oslo","opens":1,"of":1}""", Told.Shown(Told.Fold([clicked.By("mailing", 1)])).GetProperty("engagement").GetProperty("bestHour").GetRawText());
    }

    private static ContactState Opened(params string[] times) => Told.Fold(times.Select((time, index) =>
        new EmailOpened { OccurredAt = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Person = new Person(), Source = Told.Source }.By("mailing", index + 1)));
}
