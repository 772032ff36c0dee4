using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Tests.Sync.Record;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>A value that links nobody is shown on the contact with the reason, and stays a function of the set.</summary>
public sealed class UnlinkedValueTests
{
    private const string Office = "+49 221 5550199";

    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, SharedAbove = 2 };

    [Fact]
    public async Task Values_that_are_not_valid_or_blocked_are_shown_as_they_were_told()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Told.Observed(new Person
        {
            Identifiers = [Identifier.Email("zoe@shop.example"), Identifier.Email("Info@shop.example"), Identifier.Email("zoe at home"), Identifier.Phone("0221 1234"), Identifier.User(" guest "), Identifier.Phone(" ")],
        }).By("shop", 1)]);
        Assert.Equal(["user  guest  blocked", "email Info@shop.example blocked", "email zoe at home not valid", "phone 0221 1234 not valid"], Unlinked(Assert.Single(Contacts(harness))));
    }

    [Fact]
    public async Task A_shared_value_is_shown_on_all_who_told_it_and_says_so_when_a_decision_blocks_it()
    {
        await using var harness = RecordHarness.Open(Tight);
        await harness.MergeAsync([.. Enumerable.Range(1, 4).Select(number => Told.Observed(new Person { Identifiers = [Identifier.Email($"p{number}@shop.example"), Identifier.Phone(Office)] }, number).By("shop", number))]);
        Assert.All(Contacts(harness), contact => Assert.Equal([$"phone {Office} shared"], Unlinked(contact)));
        var block = new StoredDecision(new Guid(1, 2, 3, new byte[8]), new BlockValue("phone:+492215550199"), "test", null, Told.Noon, null);
        await harness.DecideAsync(block);
        Assert.Equal(4, Contacts(harness).Count);
        Assert.All(Contacts(harness), contact => Assert.Equal([$"phone {Office} blocked by decision"], Unlinked(contact)));
        await harness.RevokeAsync(block);
        Assert.All(Contacts(harness), contact => Assert.Equal([$"phone {Office} shared"], Unlinked(contact)));
    }

    [Fact]
    public async Task A_value_that_links_again_is_an_identifier_again()
    {
        await using var harness = RecordHarness.Open(Tight);
        var block = new StoredDecision(new Guid(1, 2, 3, new byte[8]), new BlockValue("phone:+492215550199"), "test", null, Told.Noon, null);
        await harness.DecideAsync(block);
        await harness.MergeAsync([Told.Observed(new Person { Identifiers = [Identifier.Email("p1@shop.example"), Identifier.Phone(Office)] }).By("shop", 1)]);
        Assert.Equal([$"phone {Office} blocked by decision"], Unlinked(Assert.Single(Contacts(harness))));
        await harness.RevokeAsync(block);
        var contact = Assert.Single(Contacts(harness));
        Assert.Empty(Unlinked(contact));
        Assert.Equal(2, contact.GetProperty("identifiers").GetArrayLength());
    }

    [Fact]
    public void A_number_with_an_extension_is_a_shared_line() => Assert.Equal(["phone +1 202 555 0142 ext. 12 shared"], Unlinked(Told.Shown(Told.Fold([
        Told.Observed(new Person { Identifiers = [Identifier.Phone("+1 202 555 0142 ext. 12")] }).By("shop", 1)]))));

    [Fact]
    public void A_value_of_any_length_is_cut()
    {
        var contact = Told.Shown(Told.Fold([Told.Observed(new Person { Identifiers = [Identifier.Email(new string('a', 511) + "😀" + new string('b', 100_000))] }).By("shop", 1)]));
        Assert.Equal(new string('a', 511), contact.GetProperty("unlinkedValues")[0].GetProperty("value").GetString());
    }

    private static List<JsonElement> Contacts(RecordHarness harness) =>
        [.. harness.CanonicalExport().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string[] Unlinked(JsonElement contact) => [.. contact.GetProperty("unlinkedValues").EnumerateArray()
        .Select(value => $"{value.GetProperty("kind").GetString()} {value.GetProperty("value").GetString()} {value.GetProperty("reason").GetString()}")];
}
