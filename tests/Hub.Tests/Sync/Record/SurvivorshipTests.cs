using System.Collections.Frozen;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Sync.Record;

public sealed class SurvivorshipTests
{
    [Fact]
    public void A_connection_can_be_trusted_in_one_field_and_not_in_another()
    {
        var state = Told.Fold([
            Told.Observed(new Person { FirstName = "Zoe", Company = "Norgard", City = "Oslo", Custom = new Dictionary<string, string> { ["plan"] = "gold" } }).By("mailing", 1),
            Told.Observed(new Person { FirstName = "Zoë", Company = "Other", City = "Bergen", Custom = new Dictionary<string, string> { ["plan"] = "tin" } }, 1).By("forms", 2),
            Told.Observed(new Person { FirstName = "Z.", Company = "Third", Custom = new Dictionary<string, string> { ["plan"] = "lead" } }, -5).By("shop", 3)]);
        var identity = new IdentitySettings { Trust = new Dictionary<string, FieldTrust> { ["mailing"] = new(40, new Dictionary<string, int> { ["company"] = 90, ["custom.plan"] = 10 }.ToFrozenDictionary()), ["shop"] = new(45, FrozenDictionary<string, int>.Empty) }.ToFrozenDictionary() };
        Assert.Equal("Norgard Zoë Bergen tin", Values(identity));
        Assert.Equal("Other Zoë Bergen tin", Values(new IdentitySettings()));

        string Values(IdentitySettings settings)
        {
            var fields = Told.Shown(state, settings).GetProperty("fields");
            return string.Join(' ', new[] { "company", "firstName", "city", "custom.plan" }.Select(name => fields.GetProperty(name).GetProperty("value").GetString()));
        }
    }
}
