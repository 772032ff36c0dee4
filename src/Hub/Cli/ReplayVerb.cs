using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>replay</c>: has the running hub read deliveries again, with today's connectors.</summary>
internal static class ReplayVerb
{
    public static Command Create(string[] hub)
    {
        var ids = new Argument<long[]>("id") { Description = "Deliveries by id; none for all of a status", Arity = ArgumentArity.ZeroOrMore };
        var status = new Option<string>("--status") { Description = "Deliveries of this status", DefaultValueFactory = _ => "quarantined" };
        var connection = new Option<string?>("--connection") { Description = "Only those of this connection" };
        var command = new Command("replay", "Has the running hub read deliveries again, after a fix") { ids, status, connection };
        command.SetAction((result, cancellationToken) =>
            RunAsync(VerbOptions.Read(hub), result.GetValue(ids) ?? [], result.GetValue(status) ?? "quarantined", result.GetValue(connection), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(HubOptions options, long[] ids, string status, string? connection, CancellationToken cancellationToken)
    {
        using var api = HubApi.Client(options);
        var progress = new Progress("replayed");
        var erased = 0;
        try
        {
            await foreach (var id in ids.Length > 0 ? ids.ToAsyncEnumerable() : ListAsync(api, status, connection, cancellationToken))
            {
                using var answer = await api.PostAsync(new Uri($"api/deliveries/{id}/replay", UriKind.Relative), null, cancellationToken);
                // Among many, one whose body went with an erased person is passed over; one that was asked for by its id is not.
                if (answer.StatusCode is HttpStatusCode.Gone && ids.Length == 0) erased++;
                else if (!answer.IsSuccessStatusCode) throw new VerbException($"Delivery {id} could not be replayed: {await HubApi.DetailAsync(answer, cancellationToken)}");
                else progress.Step();
            }
        }
        catch (HttpRequestException exception)
        {
            throw HubApi.NoAnswer(api, exception);
        }
        progress.Finish();
        if (erased > 0) await Console.Error.WriteLineAsync($"{erased:N0} passed over: their bodies were erased together with a person in them");
        return 0;
    }

    private static async IAsyncEnumerable<long> ListAsync(HttpClient api, string status, string? connection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = $"api/deliveries?limit={Pages.MaxLimit}&status={Uri.EscapeDataString(status)}" + (connection is null ? "" : $"&connection={Uri.EscapeDataString(connection)}");
        for (string? cursor = ""; cursor is not null;)
        {
            using var answer = await api.GetAsync(new Uri(filter + cursor, UriKind.Relative), cancellationToken);
            if (!answer.IsSuccessStatusCode) throw new VerbException(await HubApi.DetailAsync(answer, cancellationToken));
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            foreach (var item in page.GetProperty("items").EnumerateArray()) yield return long.Parse(item.GetProperty("id").GetString() ?? "");
            cursor = page.GetProperty("next").GetString() is { } next ? "&cursor=" + next : null;
        }
    }
}
