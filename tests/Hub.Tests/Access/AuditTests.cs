using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Hub.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Access;

public sealed class AuditTests : IAsyncLifetime
{
    private TestHub hub = null!;

    public async Task InitializeAsync()
    {
        hub = await TestHub.StartAsync();
        await hub.SimulateAsync(hub.Plan(count: 25, people: 5, seed: 12));
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Everything_that_is_changed_names_who_with_which_key_what_and_how_it_ended()
    {
        var made = await hub.MakeKeyAsync("mia", "operator");
        var (id, contact) = (made.GetProperty("id").GetString(), (await hub.GetAsync("/api/contacts")).GetProperty("items")[0].GetProperty("id").GetString());
        using var mia = hub.ClientWith(made.GetProperty("key").GetString());
        using var replayed = await mia.PostAsync($"/api/deliveries/{hub.FirstDelivery}/replay", null);
        using var unknown = await mia.PostAsync("/api/deliveries/4711/replay", null);
        using var tested = await mia.PostAsync("/api/connections/typeform/test", null);
        using var tried = await mia.PostAsJsonAsync("/api/decisions?dryRun=true", new { type = "pin_field", contact, field = "company", value = "Norgard" });
        using var decided = await mia.PostAsJsonAsync("/api/decisions", new { type = "pin_field", contact, field = "company", value = "Norgard" });
        var decision = (await decided.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var revoked = await mia.DeleteAsync($"/api/decisions/{decision}");
        using var refused = await mia.DeleteAsync($"/api/keys/{id}");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(
            [
                ("key_created", "admin.key", "admin.key", id, "done"),
                ("delivery_replayed", "mia", id, $"{hub.FirstDelivery}", "done"),
                ("delivery_replayed", "mia", id, "4711", "refused"),
                ("connection_tested", "mia", id, "typeform", "done"),
                ("decision_tried", "mia", id, null, "done"),
                ("decision_made", "mia", id, decision, "done"),
                ("decision_revoked", "mia", id, decision, "done"),
            ],
            await LinesAsync());
    }

    [Fact]
    public async Task Audit_holds_no_value_of_the_record()
    {
        var contact = (await hub.GetAsync("/api/contacts")).GetProperty("items")[0];
        using var decided = await hub.Http.PostAsJsonAsync("/api/decisions", new { type = "pin_field", contact = contact.GetProperty("id").GetString(), field = "company", value = "Norgard Ceramics" });
        using var erased = await hub.Http.DeleteAsync($"/api/contacts/{contact.GetProperty("id").GetString()}");
        var audit = (await hub.GetAsync("/api/audit")).GetRawText();
        Assert.DoesNotContain("Norgard", audit, StringComparison.Ordinal);
        foreach (var identifier in contact.GetProperty("identifiers").EnumerateArray()) Assert.DoesNotContain(identifier.GetProperty("value").GetString()!, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_says_for_whom_it_calls_and_the_key_says_who_it_was()
    {
        var made = await hub.MakeKeyAsync("crm", "admin");
        using var crm = hub.ClientWith(made.GetProperty("key").GetString());
        crm.DefaultRequestHeaders.Add("Hub-Author", Uri.EscapeDataString("Zoë"));
        using var replayed = await crm.PostAsync($"/api/deliveries/{hub.FirstDelivery}/replay", null);
        using var erased = await crm.DeleteAsync($"/api/contacts/{(await hub.GetAsync("/api/contacts")).GetProperty("items")[0].GetProperty("id").GetString()}");
        var lines = (await LinesAsync()).Skip(1).ToList();
        Assert.Equal([("delivery_replayed", "Zoë", made.GetProperty("id").GetString()), ("erased", "Zoë", made.GetProperty("id").GetString())], lines.Select(line => (line.What, line.Who, line.Key)));
    }

    [Fact]
    public async Task File_that_is_taken_over_is_a_line()
    {
        var text = (await File.ReadAllTextAsync(hub.ConnectorsFile)).Replace("\"typeform\": {", "\"forms\": {", StringComparison.Ordinal);
        await File.WriteAllTextAsync(hub.ConnectorsFile, text);
        hub.App.Services.GetRequiredService<ConfigurationSource>().Poll();
        await Eventually.HoldsAsync(() => hub.Database.Read(session => session.First("select count(*) from audit", row => row.GetInt64(0))) == 1, "the reload is audited");
        Assert.Equal([("configuration_reloaded", "connectors file", null, "added: forms; removed: typeform", null)], await LinesAsync());
    }

    private async Task<List<(string What, string Who, string? Key, string? Subject, string? Outcome)>> LinesAsync() =>
        [.. (await hub.GetAsync("/api/audit")).GetProperty("items").EnumerateArray().Reverse().Select(line => (Text(line, "what")!, Text(line, "who")!, Text(line, "key"), Text(line, "subject"), Text(line, "outcome")))];

    private static string? Text(JsonElement line, string member) => line.TryGetProperty(member, out var value) ? value.GetString() : null;
}
