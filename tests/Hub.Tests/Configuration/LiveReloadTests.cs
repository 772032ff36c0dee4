using System.Net;

namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class LiveReloadTests
{
    [Fact]
    public async Task Connection_is_switched_on_and_off_while_the_hub_runs_and_a_bad_file_changes_nothing()
    {
        await using var hub = await TestHub.StartAsync("{}");
        var sample = VendorSample.Load("typeform", "form-response");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(hub));
        await File.WriteAllTextAsync(hub.ConnectorsFile, TestHub.FiveTools());
        await Eventually.HoldsAsync(() => hub.Configuration.Connections.ContainsKey("typeform"), "the file is taken over");
        using (var answer = await hub.PostAsync("typeform", sample.Body, sample.Headers)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.SettleAsync();
        Assert.Single((await hub.GetAsync("/api/contacts")).GetProperty("items").EnumerateArray());

        await File.WriteAllTextAsync(hub.ConnectorsFile, "{ \"connections\": { \"typeform\": { \"connector\": \"typefrom\" } } }");
        await Eventually.HoldsAsync(() => hub.GetAsync("/api/connections").GetAwaiter().GetResult().GetProperty("configurationErrors").GetArrayLength() > 0, "the bad file is noticed");
        Assert.Contains("typeform", hub.Configuration.Connections.Keys);
        Assert.StartsWith("the last change of the connectors file was refused", (await hub.GetAsync("/health/ready")).GetProperty("dependencies").GetProperty("configuration").GetString(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(hub.ConnectorsFile, "{ \"connections\": { \"typeform\": { \"connector\": \"typeform\", \"enabled\": false } } }");
        await Eventually.HoldsAsync(() => !hub.Configuration.Connections["typeform"].Enabled, "the connection is switched off");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(hub));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHub hub)
    {
        using var answer = await hub.Http.PostAsync("/webhooks/typeform", new StringContent("{}"));
        return answer.StatusCode;
    }
}
