using System.Collections;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class SecretsTests
{
    [Fact]
    public void Secrets_never_print_themselves()
    {
        var secrets = new Secrets("hunter2", "hunter3");
        Assert.Equal("…", secrets.ToString());
        Assert.Equal("… … …", $"{secrets} {secrets,1} {(object)secrets}");
        Assert.Equal("Holder { Secret = … }", new Holder(secrets).ToString());
    }

    [Fact]
    public void Settings_of_no_built_in_connector_print_a_secret()
    {
        foreach (var connector in ConnectorCatalog.BuiltIn.All)
        {
            var settings = Conformance.VendorFolder.All.Single(folder => folder.Description.Key == connector.Key).Settings;
            var secrets = settings.Properties().Where(member => member.Name is "webhookSecret" or "webhookToken").ToDictionary(member => member.Name, member => (string)member.Value!);
            Assert.NotEmpty(secrets);
            foreach (var (name, secret) in secrets) settings[name] = new JArray(secret, secret);
            var bound = connector.Bind(settings, out _);
            Assert.NotNull(bound);
            Assert.All(secrets.Values, secret => Assert.DoesNotContain(secret, bound.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Secrets_keep_their_order()
    {
        var secrets = new Secrets("b", "a", "c");
        Assert.Equal(3, secrets.Count);
        Assert.Equal(["b", "a", "c"], secrets);
        Assert.Equal("b", secrets[0]);
        Assert.Equal(3, ((IEnumerable)secrets).Cast<string>().Count());
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\n")]
    [InlineData("hunter2", "")]
    [InlineData("hunter2", " ")]
    public void Blank_secret_or_none_is_refused_without_naming_the_others(params string[] values)
    {
        var error = Assert.Throws<ArgumentException>(() => new Secrets(values));
        Assert.Equal("A secret must not be blank, and there must be one. (Parameter 'values')", error.Message);
    }

    [Fact]
    public void Later_changes_of_the_list_given_change_nothing()
    {
        string[] given = ["a"];
        var secrets = new Secrets(given);
        given[0] = "b";
        Assert.Equal("a", secrets[0]);
    }

    private sealed record Holder(Secrets Secret);
}
