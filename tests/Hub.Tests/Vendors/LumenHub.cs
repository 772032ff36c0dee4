using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Vendors;
using IntegrationHub.VendorStub;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Request = IntegrationHub.VendorStub.Request;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>A real hub with connections to Lumen, whom the stub plays, and a clock that is moved by hand.</summary>
internal sealed class LumenHub : IAsyncDisposable
{
    private static readonly TimeSpan WhileOpen = TimeSpan.FromMilliseconds(25);

    // Over all hubs: several of them may share a database.
    private static long deliveries;

    private readonly bool ownsVendor;

    private LumenHub(TestHub hub, VendorServer vendor, ManualTime time, bool ownsVendor)
    {
        Hub = hub;
        Vendor = vendor;
        Time = time;
        this.ownsVendor = ownsVendor;
    }

    public TestHub Hub { get; }

    public VendorServer Vendor { get; }

    public ManualTime Time { get; }

    /// <summary>Starts a hub with one connection, <c>lumen</c>, that has a key.</summary>
    public static Task<LumenHub> StartAsync() => StartAsync(("lumen", new { apiKey = "key-1" }));

    /// <summary>Starts a hub.</summary>
    /// <param name="connections">Names and settings, without those that all have.</param>
    public static async Task<LumenHub> StartAsync(params (string Name, object Settings)[] connections)
    {
        var vendor = await VendorServer.StartAsync();
        return await StartAsync(vendor, new ManualTime(), null, null, ownsVendor: true, connections);
    }

    /// <summary>Starts a hub at a vendor that is there, perhaps on the data directory of an earlier hub.</summary>
    public static async Task<LumenHub> StartAsync(
        VendorServer vendor, ManualTime time, string? directory, Action<WebApplicationBuilder>? customize, bool ownsVendor, params (string Name, object Settings)[] connections) =>
        new(await StartAsync(File(vendor, connections), time, directory, customize, []), vendor, time, ownsVendor);

    /// <summary>Starts one of several hubs at a vendor.</summary>
    /// <param name="with">The first of them, whose data directory it uses, too; null for the first.</param>
    /// <param name="database">The database that they share.</param>
    public static async Task<LumenHub> StartAsync(VendorServer vendor, ManualTime time, LumenHub? with, string database, params (string Name, object Settings)[] connections) =>
        new(await StartAsync(with is null ? File(vendor, connections) : null, time, with?.Hub.DataDirectory, null, [$"--Hub:Database={database}"]), vendor, time, ownsVendor: false);

    /// <summary>Gives the connections other settings, as an admin does by saving the file.</summary>
    public async Task ConfigureAsync(params (string Name, object Settings)[] connections)
    {
        var before = Hub.Configuration;
        await System.IO.File.WriteAllTextAsync(Hub.ConnectorsFile, File(Vendor, connections));
        await UntilAsync(() => Hub.Configuration != before, "the new settings are taken over");
    }

    /// <summary>Lumen tells a customer, whatever the key.</summary>
    public void GivenCustomer(string id, int version = 1) => Vendor.Given(Request.Create().WithPath("/customers/" + id).UsingGet()).RespondWith(Customer(id, version));

    public static Response Customer(string id, int version = 1) =>
        Response.Create().WithBodyAsJson(new { id, version, email = $"c{id}@example.com", name = $"Customer {id} v{version}", at = $"2026-11-20T10:{version:00}:00Z" });

    /// <summary>Lumen hints at objects.</summary>
    /// <returns>The id of the delivery.</returns>
    public Task<long> HintAsync(string connection, params string[] objects) => PostAsync(connection, new { topic = "changed", delivery = $"d{Interlocked.Increment(ref deliveries)}", objects });

    /// <summary>Lumen tells something, and hints at objects besides.</summary>
    public Task<long> SignAsync(string connection, string email, params string[] objects) => PostAsync(connection, new { topic = "signed", delivery = $"d{Interlocked.Increment(ref deliveries)}", email, objects });

    public async Task<(string Status, string? Reason)> DeliveryAsync(long id)
    {
        var delivery = await Hub.GetAsync($"/api/deliveries/{id}");
        return (delivery.GetProperty("status").GetString()!, delivery.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
    }

    /// <summary>What an admin sees of a connection: its status, and what is wrong.</summary>
    public async Task<(string Status, string? Problem)> ConnectionAsync(string name = "lumen")
    {
        var connection = (await Hub.GetAsync("/api/connections")).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        return (connection.GetProperty("status").GetString()!, connection.TryGetProperty("trouble", out var trouble) && trouble.ValueKind is JsonValueKind.Object ? trouble.GetProperty("problem").GetString() : null);
    }

    /// <summary>Waits until nothing is wrong with a connection, while no time passes: what was shown goes a moment after its cause.</summary>
    public Task IsOkAsync(string name = "lumen") => Eventually.HoldsAsync(() => ConnectionAsync(name).GetAwaiter().GetResult() == ("ok", null), $"{name} is ok");

    /// <summary>The names of all contacts, sorted.</summary>
    public async Task<List<string?>> NamesAsync() =>
        [.. (await Hub.GetAsync("/api/contacts?limit=500")).GetProperty("items").EnumerateArray().Select(contact => contact.GetProperty("fields").TryGetProperty("fullName", out var name) ? name.GetProperty("value").GetString() : null).Order(StringComparer.Ordinal)];

    /// <summary>The calls that Lumen saw at a path.</summary>
    public int Calls(string path = "*") => Vendor.FindLogEntries(Request.Create().WithPath(path)).Count;

    /// <summary>The API of a connection, to call it without a hint.</summary>
    public ILumenApi Api(string connection = "lumen") => Hub.App.Services.GetRequiredService<VendorApis>().Of(Hub.Configuration.Connections[connection]).As<ILumenApi>();

    /// <summary>Lets half a second pass again and again, until something holds.</summary>
    public Task UntilAsync(Func<bool> holds, string what) => UntilAsync(holds, what, TimeSpan.FromSeconds(0.5));

    public Task UntilAsync(Func<bool> holds, string what, TimeSpan step) => Eventually.HoldsAsync(() =>
    {
        if (holds()) return true;
        // A message has ten seconds to be confirmed, and the first ones of a process take their time: the clock must not run away from them.
        Time.Advance(Hub.Inbox.OpenCount() > 0 && step > WhileOpen ? WhileOpen : step);
        return false;
    }, what);

    /// <summary>Waits until a delivery has a status.</summary>
    public Task UntilAsync(long delivery, string status) => UntilAsync(() => Status(delivery) == status, $"delivery {delivery} is {status}");

    /// <summary>Lets so much time pass.</summary>
    public async Task PassAsync(TimeSpan duration, TimeSpan step)
    {
        for (var left = duration; left > TimeSpan.Zero; left -= step)
        {
            Time.Advance(step);
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        if (ownsVendor) await Vendor.DisposeAsync();
    }

    private static Task<TestHub> StartAsync(string? connectors, ManualTime time, string? directory, Action<WebApplicationBuilder>? customize, string[] settings) =>
        TestHub.StartAsync(connectors, directory, builder =>
        {
            builder.Services.AddSingleton(Loading.Catalog);
            builder.Services.AddSingleton<TimeProvider>(time);
            customize?.Invoke(builder);
        }, settings: ["--Hub:PublicUrl=https://hub.example/inbound", .. settings]);

    private string Status(long delivery) => Hub.Inbox.Summary(delivery)?.Status.ToString().ToLowerInvariant() ?? "";

    private async Task<long> PostAsync(string connection, object body)
    {
        using var answer = await Hub.PostAsync(connection, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)));
        var stored = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return long.Parse(stored.GetProperty("id").GetString()!);
    }

    private static string File(VendorServer vendor, (string Name, object Settings)[] connections)
    {
        var all = new JsonObject();
        foreach (var (name, settings) in connections)
        {
            var members = JsonSerializer.SerializeToNode(settings)!.AsObject();
            members["apiUrl"] ??= vendor.Url;
            members["webhookSecret"] = "lumen-secret";
            all[name] = new JsonObject { ["connector"] = "lumen", ["settings"] = members };
        }
        return new JsonObject { ["connections"] = all }.ToJsonString();
    }
}
