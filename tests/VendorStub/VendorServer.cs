using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.VendorStub;

/// <summary>Plays a vendor's API on a free port of 127.0.0.1, in WireMock.Net's manner. Disposing it fails the test when a request came that nobody expected.</summary>
public sealed class VendorServer : IAsyncDisposable
{
    /// <summary>Status of the answer to a request that nobody expected; no vendor uses it, and nobody tries again after it.</summary>
    public const int UnexpectedStatus = 418;

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly Lock access = new();
    private readonly List<Expectation> expectations = [];
    private readonly List<LoggedRequest> log = [];
    private readonly Dictionary<string, string> states = new(StringComparer.Ordinal);

    private VendorServer(WebApplication app, TimeProvider time)
    {
        this.app = app;
        this.time = time;
    }

    /// <summary>The address, with a slash at its end.</summary>
    public Uri Address => new(app.Urls.First() + "/");

    /// <summary>The address without a slash at its end.</summary>
    public string Url => app.Urls.First();

    /// <summary>Every request so far, the oldest first.</summary>
    public IReadOnlyList<LoggedRequest> LogEntries
    {
        get
        {
            lock (access) return [.. log];
        }
    }

    /// <summary>The requests that nothing was given for.</summary>
    public IReadOnlyList<LoggedRequest> Unexpected => [.. LogEntries.Where(entry => !entry.IsExpected)];

    /// <summary>Starts a vendor who knows no request yet.</summary>
    /// <param name="time">The clock of delays and of the log; the system's when left out.</param>
    public static async Task<VendorServer> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var server = new VendorServer(app, time ?? TimeProvider.System);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>A client of this vendor.</summary>
    public HttpClient CreateClient() => new() { BaseAddress = Address };

    /// <summary>Begins to say what is answered to a request. Of several that match, the one given last counts.</summary>
    public Expectation Given(Request request) => new(request, this);

    /// <summary>The requests so far that match.</summary>
    public IReadOnlyList<LoggedRequest> FindLogEntries(Request request) => [.. LogEntries.Where(request.Matches)];

    /// <summary>Puts a scenario into a state.</summary>
    public void SetScenarioState(string scenario, string state)
    {
        lock (access) states[scenario] = state;
    }

    /// <summary>Forgets what was given, the states and the log.</summary>
    public void Reset()
    {
        lock (access)
        {
            expectations.Clear();
            states.Clear();
            log.Clear();
        }
    }

    /// <summary>Stops. Requests that are still held are cut off.</summary>
    /// <exception cref="UnexpectedRequestException">A request came that nobody expected.</exception>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        if (Unexpected is { Count: > 0 } unexpected) throw new UnexpectedRequestException(unexpected, [.. expectations.Select(expectation => expectation.ToString())]);
    }

    internal void Add(Expectation expectation)
    {
        lock (access) expectations.Add(expectation);
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = await LoggedRequest.ReadAsync(context.Request, time.GetUtcNow());
        try
        {
            await Take(request).WriteAsync(request, context, time);
        }
        catch (OperationCanceledException)
        {
            // The caller has hung up, or the test is over.
        }
    }

    private Response Take(LoggedRequest request)
    {
        lock (access)
        {
            var expectation = expectations.FindLast(candidate => candidate.Matches(request, states));
            log.Add(request with { IsExpected = expectation is not null });
            return expectation?.Take(states) ?? Response.Create().WithStatusCode(UnexpectedStatus).WithBody("Nobody expected this request.");
        }
    }
}

/// <summary>Requests came that no test had expected.</summary>
public sealed class UnexpectedRequestException(IReadOnlyList<LoggedRequest> unexpected, IReadOnlyList<string> given)
    : Exception($"Nobody expected {string.Join("; ", unexpected)}. Given: {(given.Count == 0 ? "nothing" : string.Join("; ", given))}.");
