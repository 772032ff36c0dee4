using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Storage;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Privacy;

public sealed class ErasureTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-erasure-").FullName;
    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync(TestHub.FiveTools(), folder);

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Erased_contact_is_gone_on_every_route_and_leaves_a_line_without_personal_data()
    {
        var contact = await PersonAsync();
        var id = contact.GetProperty("id").GetString()!;
        var events = contact.GetProperty("events").GetInt32();
        var heard = new TaskCompletionSource<ContactErased>();
        await hub.App.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint("heard", endpoint => endpoint.Handler<ContactErased>(message =>
        {
            heard.TrySetResult(message.Message);
            return Task.CompletedTask;
        })).Ready;
        var erased = await EraseAsync(id);
        Assert.Equal((id, "erased", events), (erased.GetProperty("contactId").GetString(), erased.GetProperty("status").GetString(), erased.GetProperty("events").GetInt32()));
        Assert.Equal(5, erased.GetProperty("deliveries").GetInt32());
        Assert.Equal(id, (await heard.Task.WaitAsync(TimeSpan.FromSeconds(30))).ContactId.ToString());
        foreach (var route in new[] { "", "/timeline", "/explain/firstName", "/export" })
        {
            using var answer = await hub.Http.GetAsync($"/api/contacts/{id}{route}");
            Assert.Equal((HttpStatusCode.Gone, "This contact was erased. Nothing of it is left."), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()));
        }
        using var again = await hub.Http.DeleteAsync($"/api/contacts/{id}");
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Equal(4, (await hub.GetAsync("/api/contacts")).GetProperty("items").GetArrayLength());
        var line = (await hub.GetAsync("/api/audit")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("erased", "mia", id, events, "erased"), (line.GetProperty("what").GetString(), line.GetProperty("who").GetString(), line.GetProperty("contactId").GetString(), line.GetProperty("events").GetInt32(), line.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Unknown_contact_can_not_be_erased()
    {
        using var answer = await hub.Http.DeleteAsync($"/api/contacts/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Replays_copies_and_a_restart_do_not_bring_the_erased_back()
    {
        var contact = await PersonAsync();
        var copies = hub.Database.Read(session => session.Query("select delivery_id from inbox order by delivery_id", row => row.GetInt64(0)).ConvertAll(id => InboxStore.Find(session, id)!));
        await EraseAsync(contact.GetProperty("id").GetString()!);
        var expected = hub.CanonicalExport();
        var gone = 0;
        foreach (var copy in copies)
        {
            using var replayed = await hub.Http.PostAsync($"/api/deliveries/{copy.Id}/replay", null);
            if (replayed.StatusCode is HttpStatusCode.Gone) gone++;
            else Assert.Equal(HttpStatusCode.Accepted, replayed.StatusCode);
        }
        Assert.Equal(5, gone);
        await hub.SettleAsync();
        Assert.Equal(expected, hub.CanonicalExport());
        await TellAgainAsync(copies);
        Assert.Equal(expected, hub.CanonicalExport());
        await hub.DisposeAsync();
        hub = await TestHub.StartAsync(directory: folder);
        await TellAgainAsync(copies);
        Assert.Equal(expected, hub.CanonicalExport());
        var email = contact.GetProperty("identifiers").EnumerateArray().First(identifier => identifier.GetProperty("kind").GetString() == "email").GetProperty("value").GetString()!;
        await hub.Database.ScrubAsync(CancellationToken.None);
        Assert.Empty(await ErasedBytes.FindAsync(folder, [email]));
    }

    [Fact]
    public async Task Delivery_of_the_erased_stays_known_without_its_body()
    {
        var contact = await PersonAsync();
        var told = (await hub.GetAsync($"/api/contacts/{contact.GetProperty("id").GetString()}/export")).GetProperty("deliveries")[0];
        await EraseAsync(contact.GetProperty("id").GetString()!);
        var delivery = await hub.GetAsync($"/api/deliveries/{told.GetProperty("id").GetString()}");
        Assert.Equal(("done", "erased"), (delivery.GetProperty("status").GetString(), delivery.GetProperty("reason").GetString()));
        Assert.False(delivery.TryGetProperty("body", out _));
        Assert.Empty(delivery.GetProperty("events").EnumerateArray());
    }

    [Fact]
    public async Task Tool_that_asks_for_a_customer_has_the_person_erased_once()
    {
        await PostAsync("orders-create");
        await hub.SettleAsync();
        var before = (await hub.GetAsync("/api/contacts")).GetProperty("items").EnumerateArray().Select(contact => contact.GetProperty("id").GetString()).ToList();
        await PostAsync("customers-redact");
        await PostAsync("customers-redact");
        await hub.SettleAsync();
        await Eventually.HoldsAsync(() => hub.Database.Read(session => session.UnfinishedErasures()).Count == 0, "the erasure is finished");
        Assert.Empty((await hub.GetAsync("/api/contacts")).GetProperty("items").EnumerateArray());
        var line = (await hub.GetAsync("/api/audit")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("erased", "shopify", before.Single()), (line.GetProperty("what").GetString(), line.GetProperty("who").GetString(), line.GetProperty("contactId").GetString()));
        Assert.Empty(await ErasedBytes.FindAsync(folder, ["zoe.lukasik@example.com", "+492215550142", "7700101"]));
    }

    [Fact]
    public async Task Identifier_that_names_nobody_yet_is_remembered_for_what_comes_late()
    {
        await PostAsync("customers-redact");
        await hub.SettleAsync();
        await PostAsync("orders-create");
        await hub.SettleAsync();
        Assert.Empty((await hub.GetAsync("/api/contacts")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Shop_that_asks_for_all_of_it_has_its_connection_erased_and_no_other()
    {
        await hub.SimulateAsync(hub.Plan(count: 200, people: 10, seed: 3));
        await PostAsync("shop-redact");
        await hub.SettleAsync();
        await Eventually.HoldsAsync(() => hub.Database.Read(session => session.UnfinishedErasures()).Count == 0, "the erasure is finished");
        await using var without = await TestHub.StartAsync();
        var plan = without.Plan(count: 200, people: 10, seed: 3);
        using var sender = new Hub.Simulating.WebhookSender(without.Http.BaseAddress!, TimeProvider.System);
        foreach (var (connection, delivery) in plan.Deliveries().Where(entry => entry.Connection.Name != "shopify")) await sender.SendAsync(connection, delivery, CancellationToken.None);
        await without.SettleAsync();
        Assert.Equal(without.CanonicalExport(), hub.CanonicalExport());
        Assert.Equal("connection_erased", (await hub.GetAsync("/api/audit")).GetProperty("items")[0].GetProperty("what").GetString());
    }

    [Fact]
    public async Task Request_for_a_copy_is_open_until_the_copy_is_made()
    {
        await PostAsync("orders-create");
        await PostAsync("customers-data-request");
        await hub.SettleAsync();
        var line = (await hub.GetAsync("/api/audit")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("export_requested", "shopify", "open"), (line.GetProperty("what").GetString(), line.GetProperty("who").GetString(), line.GetProperty("status").GetString()));
        await hub.GetAsync($"/api/contacts/{line.GetProperty("contactId").GetString()}/export?author=mia");
        var lines = (await hub.GetAsync("/api/audit")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(("exported", "mia"), (lines[0].GetProperty("what").GetString(), lines[0].GetProperty("who").GetString()));
        Assert.Equal("closed", lines[1].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Copy_holds_record_events_deliveries_and_decisions()
    {
        var contact = await PersonAsync();
        var id = contact.GetProperty("id").GetString();
        using var decided = await hub.Http.PostAsJsonAsync("/api/decisions", new { type = "pin_field", contact = id, field = "company", value = "<b>Ltd</b>", author = "mia" });
        var copy = await hub.GetAsync($"/api/contacts/{id}/export");
        Assert.Equal(id, copy.GetProperty("contact").GetProperty("id").GetString());
        Assert.Equal(contact.GetProperty("events").GetInt32(), copy.GetProperty("events").GetArrayLength());
        Assert.Equal(5, copy.GetProperty("deliveries").GetArrayLength());
        Assert.All(copy.GetProperty("deliveries").EnumerateArray(), delivery => Assert.NotEmpty(delivery.GetProperty("body").GetString()!));
        Assert.Equal("company", copy.GetProperty("decisions")[0].GetProperty("field").GetString());
        using var answer = await hub.Http.GetAsync($"/api/contacts/{id}/export?format=html");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("&lt;b&gt;Ltd&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        using var bad = await hub.Http.GetAsync($"/api/contacts/{id}/export?format=pdf");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task Erasure_that_a_crash_interrupted_is_finished_at_the_next_start()
    {
        var contact = await PersonAsync();
        var email = contact.GetProperty("identifiers").EnumerateArray().First(identifier => identifier.GetProperty("kind").GetString() == "email").GetProperty("value").GetString()!;
        using var unread = await hub.PostAsync("typeform", Encoding.UTF8.GetBytes($"{{ \"broken\": \"{email}"));
        await hub.SettleAsync();
        var configuration = hub.Configuration;
        await hub.DisposeAsync();
        await using (var database = TestDatabase.Of(folder).Open())
        {
            var key = ErasureKey.Open(folder, isNeeded: true);
            await database.WriteAsync(session => new ErasureMaker(session, configuration, key, TimeProvider.System).OfContact(session.ContactById(contact.GetProperty("id").GetGuid())!.Row.Key, "mia").Key, CancellationToken.None);
        }
        Assert.NotEmpty(await ErasedBytes.FindAsync(folder, [email]));
        hub = await TestHub.StartAsync(directory: folder);
        await Eventually.HoldsAsync(() => hub.Database.Read(session => session.UnfinishedErasures()).Count == 0, "the erasure is finished");
        Assert.Empty(await ErasedBytes.FindAsync(folder, [email]));
    }

    [Fact]
    public async Task Hub_does_not_start_without_the_key_that_erasures_were_made_with()
    {
        await EraseAsync((await PersonAsync()).GetProperty("id").GetString()!);
        await hub.DisposeAsync();
        File.Move(Path.Combine(folder, ErasureKey.FileName), Path.Combine(folder, "elsewhere"));
        var exception = await Assert.ThrowsAsync<StorageException>(() => TestHub.StartAsync(directory: folder));
        Assert.StartsWith($"{Path.Combine(folder, ErasureKey.FileName)} is missing.", exception.Message, StringComparison.Ordinal);
        File.Move(Path.Combine(folder, "elsewhere"), Path.Combine(folder, ErasureKey.FileName));
        hub = await TestHub.StartAsync(directory: folder);
    }

    private async Task<JsonElement> PersonAsync()
    {
        await hub.SimulateAsync(hub.Plan(count: 25, people: 5, seed: 9));
        return (await hub.GetAsync("/api/contacts")).GetProperty("items")[0];
    }

    private async Task<JsonElement> EraseAsync(string id) => (await hub.Http.DeleteFromJsonAsync<JsonElement>($"/api/contacts/{id}?author=mia"))!;

    // The same bytes under another delivery id, as a backfill or a vendor's second attempt would bring them.
    private async Task TellAgainAsync(List<StoredDelivery> copies)
    {
        foreach (var copy in copies) await hub.Inbox.AppendAsync(new NewDelivery(copy.Connection, Guid.CreateVersion7(), copy.ReceivedAt, copy.Headers, copy.Body), claimant: null, CancellationToken.None);
        await hub.SettleAsync();
    }

    private async Task PostAsync(string name)
    {
        var sample = VendorSample.Load("shopify", name);
        using var answer = await hub.PostAsync("shopify", sample.Body, sample.Headers);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
