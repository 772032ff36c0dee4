using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Hub.Api;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>backfill</c>: reads a vendor's history into the record, through the running hub or without one.</summary>
internal static class BackfillVerb
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);

    public static Command Create(string[] hub)
    {
        var connection = new Argument<string>("connection") { Description = "A connection whose settings hold a key to its tool's API" };
        var since = new Option<string?>("--since") { Description = "Only what changed since this date (2026-11-20) or moment (2026-11-20T15:04:06Z); all when left out" };
        var stream = new Option<string[]>("--stream") { Description = "Only this stream, for example orders; can be repeated", DefaultValueFactory = _ => [] };
        var restart = new Option<bool>("--restart") { Description = "Begins anew where an earlier backfill did not get to its end" };
        var command = new Command("backfill", "Reads a tool's history, page by page; stopped, the same command goes on where it was") { connection, since, stream, restart };
        command.SetAction((result, cancellationToken) =>
        {
            if (MomentText.Read("--since", result.GetValue(since)) is { Problem: { } problem }) throw new VerbException(problem);
            var wish = new HistoryEndpoints.BackfillBody(result.GetValue(since), result.GetValue(stream), result.GetValue(restart));
            return RunAsync(hub, result.GetRequiredValue(connection), wish, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(string[] hub, string connection, HistoryEndpoints.BackfillBody wish, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption(cancellationToken);
        var options = VerbOptions.Read(hub);
        var isOwn = false;
        try
        {
            await using var session = await HubSession.OpenAsync(hub, options, interruption.Token);
            isOwn = session.IsOwn;
            return await RunAsync(session.Api, connection, wish, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            throw new VerbException(isOwn ? "Stopped. The same command goes on from here, and so does the hub when it is started." : "The running hub goes on with it; the same command shows how far it is.");
        }
    }

    private static async Task<int> RunAsync(HttpClient api, string connection, HistoryEndpoints.BackfillBody wish, CancellationToken cancellationToken)
    {
        var path = $"api/connections/{Uri.EscapeDataString(connection)}";
        using var answer = await api.PostAsJsonAsync(new Uri($"{path}/backfill", UriKind.Relative), wish, JsonSerializerOptions.Web, cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new VerbException(await HubApi.DetailAsync(answer, cancellationToken));
        var runs = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("items").EnumerateArray().Select(run => run.GetProperty("id").GetString()).ToList();
        var succeeded = true;
        foreach (var id in runs) succeeded &= await FollowAsync(api, new Uri($"{path}/history/{id}", UriKind.Relative), cancellationToken);
        return succeeded ? 0 : 1;
    }

    /// <summary>Shows a run until it is over and what it brought is in the record.</summary>
    /// <returns>Whether it got to its last page.</returns>
    private static async Task<bool> FollowAsync(HttpClient api, Uri path, CancellationToken cancellationToken)
    {
        for (var shown = new Shown(); ; await Task.Delay(LookAgain, TimeProvider.System, cancellationToken))
        {
            var found = await api.GetFromJsonAsync<JsonElement>(path, cancellationToken);
            var run = found.GetProperty("run");
            shown.Show(run);
            var status = run.GetProperty("status").GetString();
            var isStuck = status == "waiting" && run.GetProperty("fault").GetString() is "unauthorized" or "forbidden";
            if (found.GetProperty("openDeliveries").GetInt64() > 0 || !(isStuck || status is "finished" or "failed")) continue;
            shown.Finish();
            Console.WriteLine(Outcome(run, found.GetProperty("facts").GetInt64(), isStuck));
            return status == "finished";
        }
    }

    private static string Outcome(JsonElement run, long facts, bool isStuck)
    {
        var read = $"{run.GetProperty("stream").GetString()}: {run.GetProperty("objects").GetInt64():N0} objects read, {run.GetProperty("newDeliveries").GetInt64():N0} new, {facts:N0} facts";
        if (run.GetProperty("problem").GetString() is not { } problem) return read;
        return isStuck
            ? $"{read}; it waits: {problem}. Mend the connection's settings, and it goes on."
            : $"{read}; it ended after page {run.GetProperty("pages").GetInt64():N0}: {problem}. The same command goes on from there, with --restart from the first page.";
    }

    /// <summary>What is on the screen of a run.</summary>
    private sealed class Shown
    {
        private Progress? progress;
        private long objects;
        private string? problem;

        public void Show(JsonElement run)
        {
            var stream = run.GetProperty("stream").GetString();
            if (progress is null && run.GetProperty("pages").GetInt64() > 0) progress = new Progress($"{stream} read", Total(run));
            for (; progress is not null && objects < run.GetProperty("objects").GetInt64(); objects++) progress.Step();
            if (run.GetProperty("status").GetString() != "waiting" || run.GetProperty("problem").GetString() == problem) return;
            problem = run.GetProperty("problem").GetString();
            Console.Error.WriteLine($"{stream} waits until {run.GetProperty("goesOnAt").GetDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC: {problem}");
        }

        public void Finish() => progress?.Finish();

        private static int? Total(JsonElement run) =>
            run.GetProperty("total") is { ValueKind: JsonValueKind.Number } total ? (int)Math.Min(total.GetInt64(), int.MaxValue) : null;
    }
}
