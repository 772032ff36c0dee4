using IntegrationHub.VendorStub;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>Lumen's token endpoint: it rotates refresh tokens, and takes each once.</summary>
internal sealed class LumenTokens
{
    private readonly Lock access = new();
    private readonly VendorServer vendor;
    private readonly HashSet<string> refreshTokens = [];
    private int given;

    private LumenTokens(VendorServer vendor) => this.vendor = vendor;

    /// <summary>How long an access token lasts, in seconds.</summary>
    public object? Lifetime { get; set; } = 3600;

    /// <summary>The access tokens that Lumen takes at this moment.</summary>
    public HashSet<string> Accepted { get; } = [];

    /// <summary>Everything that was given out and has to stay secret.</summary>
    public List<string> Secrets { get; } = [];

    /// <summary>The calls at the token endpoint.</summary>
    public IReadOnlyList<LoggedRequest> Calls => vendor.FindLogEntries(Request.Create().WithPath("/oauth/token"));

    /// <summary>Lumen gives tokens for these refresh tokens, for any code and for the client itself, and customers for tokens that it takes.</summary>
    public static LumenTokens Given(VendorServer vendor, params string[] refreshTokens)
    {
        var tokens = new LumenTokens(vendor);
        tokens.refreshTokens.UnionWith(refreshTokens);
        tokens.Secrets.AddRange(refreshTokens);
        tokens.AnswerAfter(Task.CompletedTask);
        vendor.Given(Request.Create().WithPath("/customers/*")).RespondWith(Response.Create().WithCallback(tokens.AnswerCustomer));
        return tokens;
    }

    /// <summary>The token endpoint answers only when this is completed.</summary>
    public void AnswerAfter(Task until) =>
        vendor.Given(Request.Create().WithPath("/oauth/token").UsingPost().WithForm("client_id", "lumen-client").WithForm("client_secret", "client-secret")).RespondWith(Response.Create().WithCallback(Answer).WithDelay(until));

    /// <summary>The person takes back what they granted.</summary>
    public void Revoke()
    {
        lock (access)
        {
            refreshTokens.Clear();
            Accepted.Clear();
        }
    }

    /// <summary>Lumen takes no token any more that it gave out.</summary>
    public void Expire()
    {
        lock (access) Accepted.Clear();
    }

    private Response Answer(LoggedRequest request)
    {
        lock (access)
        {
            var form = request.Form;
            var holds = form["grant_type"] is not "refresh_token" || refreshTokens.Remove(form["refresh_token"]);
            if (!holds) return Response.Create().WithStatusCode(400).WithBodyAsJson(new { error = "invalid_grant", error_description = "secret words of the vendor" });
            var number = ++given;
            var (token, refresh) = ($"access-{number}-{Guid.CreateVersion7(request.At):N}", $"refresh-{number}-{Guid.CreateVersion7(request.At):N}");
            Secrets.AddRange([token, refresh]);
            Accepted.Add(token);
            if (form["grant_type"] is "client_credentials") return Response.Create().WithBodyAsJson(new { access_token = token, expires_in = Lifetime });
            refreshTokens.Add(refresh);
            return Response.Create().WithBodyAsJson(new { access_token = token, refresh_token = refresh, expires_in = Lifetime, token_type = "bearer" });
        }
    }

    private Response AnswerCustomer(LoggedRequest request)
    {
        lock (access) return Accepted.Contains(request.Headers.GetValueOrDefault("Authorization", "").Replace("Bearer ", "", StringComparison.Ordinal)) ? LumenHub.Customer(request.Path.Split('/')[^1]) : Response.Create().WithStatusCode(401);
    }
}
