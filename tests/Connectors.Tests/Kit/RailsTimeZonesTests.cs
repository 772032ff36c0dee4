namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class RailsTimeZonesTests
{
    [Theory]
    [InlineData("Pacific Time (US & Canada)", "America/Los_Angeles")]
    [InlineData("International Date Line West", "Etc/GMT+12")]
    [InlineData("Mexico City", "America/Mexico_City")]
    [InlineData("Guadalajara", "America/Mexico_City")]
    [InlineData("Nuku'alofa", "Pacific/Tongatapu")]
    [InlineData("Samoa", "Pacific/Apia")]
    [InlineData("Europe/Oslo", "Europe/Oslo")]
    [InlineData("pacific time (us & canada)", null)]
    [InlineData("Somewhere", null)]
    [InlineData("and / or", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Name_becomes_its_iana_zone_and_nothing_is_guessed(string? name, string? zone) => Assert.Equal(zone, RailsTimeZones.Iana(name));
}
