using System.Diagnostics;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Jobs;

namespace IntegrationHub.Hub.Api;

/// <summary>Reading a vendor's history, and what webhooks missed.</summary>
internal sealed class HistoryEndpoints(ConfigurationSource configuration, HistoryRequests requests, HistorySchedule schedule, HistoryStore store, GapReader gaps, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/connections/{name}/backfill", BackfillAsync).WithSummary("Reads the vendor's history, or goes on with it").Needs(Role.Operator, "backfill_begun").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/connections/{name}/reconcile", ReconcileAsync).WithSummary("Reads now what has changed since the last reconciliation").Needs(Role.Operator, "reconciliation_begun").ProducesProblem(404).ProducesProblem(409);
        routes.MapGet("/connections/{name}/history", List).WithSummary("Readings of the vendor's history, the newest first").Needs(Role.Viewer).ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/connections/{name}/history/{id:long}", Get).WithSummary("One reading; with the facts it told, when all of it is in the record").Needs(Role.Viewer).ProducesProblem(404);
        routes.MapGet("/connections/{name}/gaps", Gaps).WithSummary("What the webhooks of a connection missed").Needs(Role.Viewer).ProducesProblem(400).ProducesProblem(404);
    }

    private async Task<IResult> BackfillAsync(string name, BackfillBody? body, CancellationToken cancellationToken)
    {
        var (since, problem) = MomentText.Read("since", body?.Since);
        return problem is null
            ? await AnswerAsync(name, await requests.BackfillAsync(name, since, body?.Streams ?? [], body?.Restart ?? false, cancellationToken), cancellationToken)
            : Pages.Problem(problem);
    }

    private async Task<IResult> ReconcileAsync(string name, CancellationToken cancellationToken) =>
        await AnswerAsync(name, await requests.ReconcileAsync(name, cancellationToken), cancellationToken);

    private async Task<IResult> AnswerAsync(string name, HistoryStart start, CancellationToken cancellationToken)
    {
        switch (start)
        {
            case HistoryStart.Begun begun:
                await schedule.GoOnAsync(name, time.GetUtcNow(), cancellationToken);
                return Results.Json(new { items = begun.Runs.Select(Summary) }, statusCode: 202);
            case HistoryStart.Unknown:
                return Missing();
            case HistoryStart.Impossible impossible:
                return Results.Problem(statusCode: 409, detail: impossible.Problem);
            case HistoryStart.Invalid invalid:
                return Pages.Problem(invalid.Problem);
            default:
                throw new UnreachableException();
        }
    }

    private IResult List(string name, int? limit)
    {
        if (Pages.Limit(limit) is { Problem: { } problem }) return problem;
        return configuration.Current.Connections.ContainsKey(name)
            ? Results.Json(new { items = store.List(name, Pages.Limit(limit).Limit).Select(Summary) })
            : Missing();
    }

    private IResult Get(string name, long id)
    {
        if (store.Find(id) is not { } run || run.Connection != name) return Results.Problem(statusCode: 404, detail: "There is no such reading of this connection.");
        var open = store.OpenDeliveriesOf(run);
        return Results.Json(new { run = Summary(run), openDeliveries = open, facts = run.Status != "running" && open == 0 ? store.FactsOf(run) : (long?)null });
    }

    private IResult Gaps(string name, string? from, string? to)
    {
        if (!configuration.Current.Connections.ContainsKey(name)) return Missing();
        var (begin, badFrom) = MomentText.Read("from", from);
        var (end, badTo) = MomentText.Read("to", to);
        if ((badFrom ?? badTo) is { } problem) return Pages.Problem(problem);
        var report = gaps.Read(name, begin, end);
        return Results.Json(new
        {
            connection = report.Connection,
            from = report.From,
            to = report.To,
            text = report.Text,
            facts = report.Facts,
            missed = report.Missed,
            driftPercent = report.Drift,
            settledUntil = report.SettledUntil,
            spans = report.Spans.Select(span => new { from = span.From, to = span.To, facts = span.Facts }),
            kinds = report.Kinds.ToDictionary(kind => kind.Kind, kind => kind.Count, StringComparer.Ordinal),
            deliveries = report.Deliveries.Select(id => id.ToString()),
            unreadDeliveries = report.Unread,
        });
    }

    private static object Summary(HistoryRun run) => new
    {
        id = run.Id.ToString(),
        purpose = run.Purpose,
        stream = run.Stream,
        status = run.Status,
        since = run.Since,
        until = run.Until,
        pages = run.Pages,
        objects = run.Objects,
        newDeliveries = run.Accepted,
        total = run.Total,
        fault = run.Fault?.ToString().ToLowerInvariant(),
        problem = run.Problem,
        goesOnAt = run.FinishedAt is null ? run.DueAt : (DateTimeOffset?)null,
        startedAt = run.StartedAt,
        finishedAt = run.FinishedAt,
    };

    private static IResult Missing() => Results.Problem(statusCode: 404, detail: "There is no such connection.");

    /// <summary>What to read.</summary>
    /// <param name="Since">Objects changed at or after this time; all when it is left out.</param>
    /// <param name="Streams">Which; all when it is left out.</param>
    /// <param name="Restart">Whether to begin anew where a run is under way.</param>
    internal sealed record BackfillBody(string? Since, IReadOnlyList<string>? Streams, bool? Restart);
}
