using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Vendors;

/// <summary>Puts the connection's access token on a call. One that the vendor does not accept is renewed, once, and the call repeated.</summary>
internal sealed class OAuthHandler(string connection, OAuthGrant grant, AccessTokens tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.OfAsync(connection, grant, null, cancellationToken);
        try
        {
            return await SendAsync(request, token, cancellationToken);
        }
        catch (VendorException exception) when (exception.Fault is VendorFault.Unauthorized)
        {
            token = await tokens.OfAsync(connection, grant, refused: token, cancellationToken);
        }
        try
        {
            return await SendAsync(request, token, cancellationToken);
        }
        catch (VendorException exception) when (exception.Fault is VendorFault.Unauthorized)
        {
            throw new VendorException(VendorFault.Unauthorized, $"the vendor does not accept the token, although it was just renewed; {ConnectionTokens.AgainFor(connection, grant)}");
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        var header = grant.TokenHeader ?? "Authorization";
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, grant.TokenHeader is null ? $"{grant.Scheme} {token}" : token);
        return base.SendAsync(request, cancellationToken);
    }
}
