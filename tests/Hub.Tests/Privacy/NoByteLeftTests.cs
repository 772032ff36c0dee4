using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IntegrationHub.Connectors;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Privacy;

/// <summary>After an erasure no byte of the person is in any file of the data directory.</summary>
public sealed class NoByteLeftTests(ITestOutputHelper output)
{
    private const int People = 1_500;
    private const int Seed = 17;

    [Fact]
    public async Task No_byte_of_the_erased_is_left_in_any_file_while_the_hub_runs_and_after_it_stopped()
    {
        output.WriteLine($"seed {Seed}");
        var folder = Directory.CreateTempSubdirectory("hub-bytes-").FullName;
        try
        {
            List<string> values = [];
            await using (var hub = await TestHub.StartAsync(TestHub.FiveTools(), folder))
            {
                await hub.SimulateAsync(hub.Plan(count: 6_000, People, Seed) with { Shuffled = true });
                var victims = await VictimsAsync(hub);
                victims.Add(await NamedAsync(hub));
                foreach (var (_, known) in victims) Assert.NotEmpty(await ErasedBytes.FindAsync(folder, known));
                foreach (var (id, known) in victims)
                {
                    values.AddRange(known);
                    var watch = Stopwatch.StartNew();
                    var erased = await hub.Http.DeleteFromJsonAsync<JsonElement>($"/api/contacts/{id}");
                    output.WriteLine($"{erased} in {watch.ElapsedMilliseconds} ms");
                    Assert.Equal("erased", erased.GetProperty("status").GetString());
                }
                Assert.Empty(await ErasedBytes.FindAsync(folder, values));
                // Some of these have the numbers of the erased, and are dropped on arrival; the hub clears the file of them within a minute.
                await hub.SimulateAsync(hub.Plan(count: 500, People, Seed + 1));
                Assert.True(await hub.Database.ScrubAsync(CancellationToken.None));
                Assert.Empty(await ErasedBytes.FindAsync(folder, values));
            }
            Assert.Empty(await ErasedBytes.FindAsync(folder, values));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // People of the simulation, all that is known to identify them, and their names where nobody else has the same.
    private static async Task<List<(string Id, List<string> Values)>> VictimsAsync(TestHub hub)
    {
        var simulation = new Simulation(Seed, 6_000, People);
        var people = Enumerable.Range(0, People).Select(simulation.Person).ToList();
        var names = people.ToLookup(person => person.FullName);
        List<(string, List<string>)> victims = [];
        foreach (var person in people.Where((person, index) => names[person.FullName].Count() == 1 || index % 150 == 0))
        {
            var found = (await hub.GetAsync($"/api/contacts?email={Uri.EscapeDataString(person.Email)}")).GetProperty("items");
            if (found.GetArrayLength() == 0) continue;
            var identifiers = found[0].GetProperty("identifiers").EnumerateArray().ToList();
            List<string> values = [person.Email, .. identifiers.SelectMany(identifier => new[] { identifier.GetProperty("value").GetString()!, identifier.GetProperty("raw").GetString()! })];
            if (names[person.FullName].Count() == 1) values.Add(person.FullName);
            await LeaveTracesAsync(hub, person, found[0].GetProperty("id").GetString()!);
            victims.Add((found[0].GetProperty("id").GetString()!, values));
        }
        Assert.True(victims.Count >= 8, $"{victims.Count} people are too few to tell.");
        return victims;
    }

    // Somebody whose name and street nobody else has: names repeat in the simulation.
    private static async Task<(string Id, List<string> Values)> NamedAsync(TestHub hub)
    {
        foreach (var sample in new[] { "customers-create", "orders-create" }.Select(name => VendorSample.Load("shopify", name)))
        {
            using var answer = await hub.PostAsync("shopify", sample.Body, sample.Headers);
            Assert.True(answer.IsSuccessStatusCode);
        }
        await hub.SettleAsync();
        var contact = (await hub.GetAsync("/api/contacts?email=zoe.lukasik@example.com")).GetProperty("items")[0];
        return (contact.GetProperty("id").GetString()!, ["zoe.lukasik@example.com", "Zoë Łukasik-Müller", "Łukasik-Müller", "Lindenstraße 14", "+49 221 555 0142", "+492215550142", "7700101", "8800501"]);
    }

    // What is no event, too: a delivery that can't be read, one that is ignored, and a decision.
    private static async Task LeaveTracesAsync(TestHub hub, SimulatedPerson person, string id)
    {
        var quoted = person.Email.Replace("@", "\\u0040", StringComparison.Ordinal);
        using var unread = await hub.PostAsync("typeform", Encoding.UTF8.GetBytes($$"""{"event_type":"form_response","form_response":{"email":"{{quoted}}","phone":"{{person.Phone}}" """));
        using var ignored = await hub.PostAsync("activecampaign", Encoding.UTF8.GetBytes($"type=note_add&contact%5Bemail%5D={Uri.EscapeDataString(person.Email)}"), ("Content-Type", "application/x-www-form-urlencoded"));
        Assert.True(unread.IsSuccessStatusCode && ignored.IsSuccessStatusCode);
        using var decided = await hub.Http.PostAsJsonAsync("/api/decisions", new { type = "pin_field", contact = id, field = "company", value = $"{person.FullName} Ltd" });
        Assert.True(decided.IsSuccessStatusCode);
        await hub.SettleAsync();
    }
}
