using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Normalization;
using IntegrationHub.Hub.Tests.Sync.Record;
using System.Collections.Frozen;

namespace IntegrationHub.Hub.Tests.Sync;

public sealed class ConfiguredIdentityTests
{
    [Fact]
    public void Spellings_of_a_mailbox_are_one_node_when_configured()
    {
        Assert.Equal(["email:zoe@example.com"], Nodes(new() { Emails = new EmailRules { IgnorePlusTags = true } }, Identifier.Email("Zoe+news@example.com"), Identifier.Email("zoe@example.com")));
        Assert.Equal(["email:zoe@example.com", "email:zoe+news@example.com"], Nodes(new(), Identifier.Email("Zoe+news@example.com"), Identifier.Email("zoe@example.com")).OrderByDescending(name => name, StringComparer.Ordinal));
        Assert.Equal(["email:a.b@example.com", "email:ab@gmail.com"], Nodes(new() { Emails = new EmailRules { IgnoreDotsOfGmail = true } }, Identifier.Email("a.b@gmail.com"), Identifier.Email("a.b@example.com")));
    }

    [Fact]
    public void Configured_numbers_and_ids_link_nobody_and_say_that_they_are_blocked()
    {
        var identity = new IdentitySettings { BlockedPhones = ["+492215550110"], BlockedIds = ["user:house", "customer:shop:77"], BlockedEmails = ["@closed.example"] };
        var told = Rules(identity).Read(Told.Observed(new Person
        {
            Identifiers = [Identifier.Phone("+49 221 5550110"), Identifier.User("house"), Identifier.Customer("77"), Identifier.Customer("78"), Identifier.Email("zoe@closed.example"), Identifier.Anonymous("77")],
        }).By("shop", 1));
        Assert.Equal(["customer:shop:78", "anonymous:shop:77"], told.Nodes.Select(node => node.Name));
        Assert.Equal(["+49 221 5550110 blocked", "house blocked", "77 blocked", "zoe@closed.example blocked"], told.Unusable.Select(value => $"{value.Raw} {value.Reason}"));
        Assert.Equal(["customer:forms:77"], Nodes(identity, "forms", Identifier.Customer("77")));
    }

    private static IEnumerable<string> Nodes(IdentitySettings identity, params Identifier[] identifiers) => Nodes(identity, "shop", identifiers);

    private static IEnumerable<string> Nodes(IdentitySettings identity, string connection, params Identifier[] identifiers) =>
        Rules(identity).NodesOf(Told.Observed(new Person { Identifiers = identifiers }).By(connection, 1)).Select(node => node.Name);

    private static IdentityRules Rules(IdentitySettings identity) => new(new HubConfiguration { Connections = FrozenDictionary<string, Connection>.Empty, Identity = identity, File = "" });
}
