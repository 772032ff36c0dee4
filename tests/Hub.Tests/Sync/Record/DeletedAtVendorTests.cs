using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Tests.Sync.Record;

/// <summary>When a tool deletes its record of a person, what that tool said counts no more; the contact stays, and so does every withdrawal.</summary>
public sealed class DeletedAtVendorTests
{
    private static readonly Identifier Zoe = Identifier.Email("Zoe@Shop.example");

    private static readonly Identifier InShop = Identifier.Customer("c1");

    [Fact]
    public void Identifiers_that_only_the_deleted_source_told_become_former_ones_and_link_as_before()
    {
        var state = Told.Fold([
            Told.Observed(new Person { Identifiers = [InShop, Zoe] }).By("shop", 1),
            Told.Observed(new Person { Identifiers = [Zoe, Identifier.Phone("+49 221 5550110")] }, 1).By("forms", 2),
            Told.Removed(new Person { Identifiers = [InShop] }, 5).By("shop", 3)]);
        var shown = Told.Shown(state);
        Assert.Equal(["email:zoe@shop.example", "phone:+492215550110"], Names(shown, "identifiers"));
        Assert.Equal(["customer:c1"], Names(shown, "formerIdentifiers"));
        var former = shown.GetProperty("formerIdentifiers")[0];
        Assert.Equal(("shop", "c1", "shop"), (former.GetProperty("connection").GetString(), former.GetProperty("raw").GetString(), former.GetProperty("firstTold").GetProperty("connection").GetString()));
        Assert.Equal(3, ContactSizeOf(state));
        var pin = new PinField("customer:shop:c1", "company", "Pinned");
        var pins = new DecisionBook([new StoredDecision(new Guid(1, 0, 0, new byte[8]), pin, "test", null, Told.Noon, null)]);
        Assert.Equal("Pinned", Assert.Single(new Survivorship(new(), pins).Fields(state)).Claim.Value);
    }

    [Fact]
    public void An_identifier_that_is_told_again_is_back()
    {
        ContactEvent[] events = [
            Told.Observed(new Person { Identifiers = [InShop, Zoe] }).By("shop", 1),
            Told.Removed(new Person { Identifiers = [InShop] }, 5).By("shop", 2),
            Told.Observed(new Person { Identifiers = [InShop] }, 6).By("shop", 3)];
        foreach (var permutation in Told.Permutations(events))
        {
            var shown = Told.Shown(Told.Fold(permutation));
            Assert.Equal(["customer:c1"], Names(shown, "identifiers"));
            Assert.Equal(["email:zoe@shop.example"], Names(shown, "formerIdentifiers"));
        }
    }

    [Fact]
    public void A_grant_goes_with_its_source_and_a_withdrawal_stays()
    {
        var person = new Person { Identifiers = [InShop] };
        var granted = Consent(1, ConsentChannel.Email, ConsentState.Granted, person).By("shop", 1);
        var forbidden = Consent(2, ConsentChannel.Sms, ConsentState.Withdrawn, person).By("shop", 2);
        var removed = Told.Removed(person, 5).By("shop", 3);
        Assert.Equal(["sms withdrawn"], Shown(granted, forbidden, removed));
        Assert.Equal(["email granted", "sms withdrawn"], Shown(granted, forbidden));
    }

    [Fact]
    public void A_withdrawal_counts_again_when_the_source_of_the_later_grant_is_deleted()
    {
        var person = new Person { Identifiers = [InShop] };
        var withdrawn = Consent(1, ConsentChannel.Email, ConsentState.Withdrawn, person).By("shop", 1);
        var granted = Consent(2, ConsentChannel.Email, ConsentState.Granted, person).By("shop", 2);
        foreach (var permutation in Told.Permutations<ContactEvent>([withdrawn, granted, Told.Removed(person, 5).By("shop", 3)])) Assert.Equal(["email withdrawn"], Shown(permutation));
        Assert.Equal(["email granted"], Shown(withdrawn, granted));
        Assert.Equal(["email granted"], Shown(withdrawn, Told.Removed(person, 5).By("shop", 3), Consent(1, ConsentChannel.Email, ConsentState.Granted, new Person()).By("mailing", 4), Consent(2, ConsentChannel.Email, ConsentState.Granted, new Person()).By("mailing", 5)));
    }

    [Fact]
    public void Bounces_and_complaints_stay()
    {
        var person = new Person { Identifiers = [InShop] };
        var complained = new EmailComplained { OccurredAt = Told.Noon, Person = person, Source = Told.Source }.By("shop", 1);
        Assert.Equal("complaint", Told.Shown(Told.Fold([complained, Told.Removed(person, 5).By("shop", 2)])).GetProperty("suppression").GetProperty("reason").GetString());
    }

    [Fact]
    public void Addresses_go_with_their_source()
    {
        var shown = Told.Shown(Told.Fold([
            Told.Observed(new Person { Identifiers = [InShop, Zoe], Street = "Hafenstr. 1", City = "Köln", PostalCode = "50667", Country = "DE" }).By("shop", 1),
            Told.Observed(new Person { Identifiers = [Zoe], Street = "HAFENSTR.  1 ", City = "köln", PostalCode = "50667", Country = "DE" }, 1).By("forms", 2),
            Told.Observed(new Person { Identifiers = [InShop], Street = "Ringstr. 2", City = "Bonn" }, 3).By("shop", 3),
            Told.Observed(new Person { Identifiers = [InShop], City = "Bonn", Country = "DE" }, 4).By("shop", 4)]));
        Assert.Equal(["Ringstr. 2 shop", "HAFENSTR.  1  forms"], Addresses(shown));
        var left = Told.Shown(Told.Fold([
            Told.Observed(new Person { Identifiers = [InShop, Zoe], Street = "Hafenstr. 1", City = "Köln" }, 2).By("shop", 1),
            Told.Observed(new Person { Identifiers = [Zoe], Street = "hafenstr. 1", City = "köln" }, 1).By("forms", 2),
            Told.Removed(new Person { Identifiers = [InShop] }, 5).By("shop", 3)]));
        Assert.Equal(["hafenstr. 1 forms"], Addresses(left));
    }

    private static string[] Addresses(JsonElement contact) =>
        [.. contact.GetProperty("addresses").EnumerateArray().Select(address => $"{address.GetProperty("street").GetString()} {address.GetProperty("connection").GetString()}")];

    private static string[] Shown(params IEnumerable<ContactEvent> events) =>
        [.. Told.Shown(Told.Fold(events)).GetProperty("consent").EnumerateObject().Select(channel => $"{channel.Name} {channel.Value.GetProperty("state").GetString()}")];

    private static string[] Names(JsonElement contact, string member) =>
        [.. contact.GetProperty(member).EnumerateArray().Select(identifier => $"{identifier.GetProperty("kind").GetString()}:{identifier.GetProperty("value").GetString()}")];

    private static int ContactSizeOf(ContactState state) => state.Identifiers.Keys.Count(name => ContactSize.WhyNotTogether(ContactSize.Of(state), One(name), new() { Emails = 1, Phones = 1, CustomersPerConnection = 1 }) is not null);

    private static ContactSize One(string name)
    {
        var (kind, _, connection) = IdentityNode.Parse(name);
        var size = new ContactSize();
        size.Add(kind, connection);
        return size;
    }

    private static ConsentChanged Consent(int minute, ConsentChannel channel, ConsentState state, Person person) =>
        new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = person, Source = Told.Source, Channel = channel, State = state };
}
