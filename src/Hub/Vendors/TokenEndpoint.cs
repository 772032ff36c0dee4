using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Vendors;

/// <summary>Asks vendors for tokens. What they answer is neither logged nor shown.</summary>
internal sealed class TokenEndpoint(TimeProvider time) : IDisposable
{
    private const int MaxAnswerBytes = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(VendorSockets.Create(connections: 4)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };

    /// <summary>Tokens for a refresh token.</summary>
    /// <param name="lost">What to say when the vendor does not accept it any more.</param>
    /// <exception cref="VendorException">There are none.</exception>
    public Task<TokenAnswer> RefreshAsync(OAuthGrant grant, string refreshToken, string lost, CancellationToken cancellationToken) =>
        AskAsync(grant, lost, [("grant_type", "refresh_token"), ("refresh_token", refreshToken)], cancellationToken);

    /// <summary>Tokens for the client itself.</summary>
    /// <exception cref="VendorException">There are none.</exception>
    public Task<TokenAnswer> OfClientAsync(OAuthGrant grant, CancellationToken cancellationToken)
    {
        (string, string)[] scope = grant.Scopes.Count == 0 ? [] : [("scope", string.Join(' ', grant.Scopes))];
        return AskAsync(grant, "the vendor gives the client no token; correct client id and secret in the settings", [("grant_type", "client_credentials"), .. scope], cancellationToken);
    }

    /// <summary>Tokens for the code that a person's consent gave.</summary>
    /// <exception cref="VendorException">There are none.</exception>
    public Task<TokenAnswer> ExchangeAsync(OAuthGrant grant, string code, Uri redirect, string? verifier, CancellationToken cancellationToken)
    {
        (string, string)[] proof = verifier is null ? [] : [("code_verifier", verifier)];
        return AskAsync(grant, "the vendor does not accept the code; begin again",
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect.AbsoluteUri), .. proof], cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<TokenAnswer> AskAsync(OAuthGrant grant, string lost, (string Name, string Value)[] fields, CancellationToken cancellationToken)
    {
        var askedAt = time.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var request = Request(grant, fields);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            return Read(new VendorAnswer((int)response.StatusCode, headers, body, time.GetUtcNow()), lost, askedAt);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new VendorException(VendorFault.Unavailable, $"the vendor's token endpoint did not answer within {Patience.TotalSeconds} s");
        }
        catch (HttpRequestException exception)
        {
            throw new VendorException(VendorFault.Unavailable, $"the vendor's token endpoint can't be reached ({exception.HttpRequestError})");
        }
    }

    private static HttpRequestMessage Request(OAuthGrant grant, (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] client = grant.ClientInHeader ? [] : [("client_id", grant.ClientId), ("client_secret", grant.ClientSecret)];
        var request = new HttpRequestMessage(HttpMethod.Post, grant.TokenAddress)
        {
            Content = new FormUrlEncodedContent(fields.Concat(client).Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("IntegrationHub");
        // RFC 6749, 2.3.1: each part is encoded like a form field before the two are joined.
        if (grant.ClientInHeader)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(grant.ClientId)}:{Uri.EscapeDataString(grant.ClientSecret)}")));
        return request;
    }

    private static TokenAnswer Read(VendorAnswer answer, string lost, DateTimeOffset askedAt)
    {
        var json = answer.Json();
        var error = TextOf(json, "error");
        if (error is not null || answer.Status is 400 or 401 or 403) throw Refusal(answer, error, lost);
        if (answer.Status is 429) throw new VendorException(VendorFault.Throttled, "the vendor's token endpoint has had too many calls (429)") { RetryAfter = answer.RetryAfter() };
        // Whatever else it is, it says nothing of the grant: asking later is right.
        if (answer.Status is < 200 or >= 300 || json is null || TextOf(json, "access_token") is not { } access)
            throw new VendorException(VendorFault.Unavailable, $"the vendor's token endpoint answers without a token ({answer.Status})") { RetryAfter = answer.RetryAfter() };
        return new TokenAnswer { Access = access, Refresh = TextOf(json, "refresh_token"), Lifetime = LifetimeOf(json), AskedAt = askedAt };
    }

    // The codes are those of RFC 6749, 5.2. The rest of the answer is the vendor's own text and not shown.
    private static VendorException Refusal(VendorAnswer answer, string? error, string lost) => error switch
    {
        "invalid_grant" => new VendorException(VendorFault.Unauthorized, lost),
        "invalid_client" or "unauthorized_client" => new VendorException(VendorFault.Unauthorized, $"the vendor does not accept the client ({error}); correct client id and secret in the settings"),
        "invalid_scope" or "invalid_request" or "unsupported_grant_type" => new VendorException(VendorFault.Unauthorized, $"the vendor's token endpoint refuses the request ({error}); compare the settings with the connector's page"),
        "temporarily_unavailable" or "server_error" or "slow_down" => new VendorException(VendorFault.Unavailable, $"the vendor's token endpoint is not available ({error})") { RetryAfter = answer.RetryAfter() },
        _ when answer.Status >= 500 => new VendorException(VendorFault.Unavailable, $"the vendor's token endpoint is not available ({answer.Status})") { RetryAfter = answer.RetryAfter() },
        _ when answer.Status == 429 => new VendorException(VendorFault.Throttled, "the vendor's token endpoint has had too many calls (429)") { RetryAfter = answer.RetryAfter() },
        _ => new VendorException(VendorFault.Unauthorized, $"the vendor's token endpoint refuses ({answer.Status}): {lost}"),
    };

    private static string? TextOf(Payload? json, string member)
    {
        try
        {
            return json?[member].Text();
        }
        catch (PayloadException)
        {
            return null;
        }
    }

    private static TimeSpan? LifetimeOf(Payload json)
    {
        var value = json["expires_in"];
        if (value.IsObject || value.IsList) return null;
        return decimal.TryParse(value.Scalar(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < int.MaxValue ? TimeSpan.FromSeconds((double)seconds) : null;
    }
}
