using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.CrashHarness;

/// <summary>Proves that what was acknowledged is stored once, that every fact is in the record once, and that the record is the calm hub's.</summary>
internal sealed class Proof(Scene scene, HubConfiguration configuration, CalmHub calm, TimeSpan recovery)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until no delivery and no message is on its way.</summary>
    /// <returns>False when for <paramref name="patience"/> nothing more came through.</returns>
    public static async Task<bool> SettledAsync(Engine engine, TimeSpan patience)
    {
        var (fewest, watch) = (long.MaxValue, Stopwatch.StartNew());
        for (; ; await Task.Delay(LookInterval))
        {
            var unsettled = engine.UnsettledCount();
            if (unsettled == 0) return true;
            if (unsettled < fewest) (fewest, watch) = (unsettled, Stopwatch.StartNew());
            if (watch.Elapsed > patience) return false;
        }
    }

    /// <summary>Waits until all is acknowledged and in the record, and compares. What is wrong is in the tally.</summary>
    public async Task MakeAsync()
    {
        var tally = scene.Tally;
        tally.Checked();
        if (!await scene.Load.DrainedAsync(recovery * 2)) tally.AddWrong($"{scene.Load.Open} deliveries could not be handed in within {recovery.TotalSeconds * 2} s although the hub was ready");
        var watch = Stopwatch.StartNew();
        if (!await SettledAsync(scene.Engine, recovery)) tally.AddWrong($"{scene.Engine.UnsettledCount()} deliveries and messages do not come to rest");
        tally.Settled(watch.Elapsed);
        foreach (var doubt in scene.Ledger.TakeDoubts()) tally.AddToldTwice(1, doubt);
        await CompareDeliveriesAsync();
        await CompareRecordAsync();
    }

    private async Task CompareDeliveriesAsync()
    {
        var (tally, ledger) = (scene.Tally, scene.Ledger);
        var stored = await StoredAsync(scene.Nodes.First(node => node.IsRunning));
        tally.AddLost(ledger.Ids.Count(id => !stored.ContainsKey(id)), "acknowledged ids are not in the inbox");
        tally.AddLost(Math.Max(0, ledger.Count - stored.Count), $"{ledger.Count} deliveries were acknowledged and {stored.Count} are stored");
        tally.AddToldTwice(Math.Max(0, stored.Count - ledger.Count), $"{ledger.Count} deliveries were sent and {stored.Count} are stored");
        foreach (var status in stored.Values.Where(status => status is not ("done" or "ignored")).CountBy(status => status, StringComparer.Ordinal)) tally.AddWrong($"{status.Value} deliveries are {status.Key}");
    }

    private async Task CompareRecordAsync()
    {
        var tally = scene.Tally;
        var model = await calm.ToldAsync(scene.Load.Sent);
        var events = scene.Engine.EventCount();
        tally.AddLost((int)Math.Max(0, model.Events - events), $"the calm hub has {model.Events} events, and this one {events}");
        tally.AddToldTwice((int)Math.Max(0, events - model.Events), $"the calm hub has {model.Events} events, and this one {events}");
        var record = scene.Engine.Export(configuration);
        if (record != model.Record) tally.AddRecordDiffers($"{Differing(record, model.Record)} contacts differ from the calm hub's");
    }

    private static int Differing(string record, string model) =>
        Math.Max(record.Split('\n').Except(model.Split('\n'), StringComparer.Ordinal).Count(), model.Split('\n').Except(record.Split('\n'), StringComparer.Ordinal).Count());

    // Over the API, as anybody would look.
    private static async Task<Dictionary<long, string>> StoredAsync(HubNode node)
    {
        Dictionary<long, string> stored = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await node.GetAsync($"/api/deliveries?limit=500{(cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : "")}");
            foreach (var delivery in page.GetProperty("items").EnumerateArray()) stored.Add(IdOf(delivery), delivery.GetProperty("status").GetString()!);
            cursor = page.GetProperty("next").GetString();
        }
        return stored;
    }

    private static long IdOf(JsonElement delivery) => long.Parse(delivery.GetProperty("id").GetString()!, CultureInfo.InvariantCulture);
}
