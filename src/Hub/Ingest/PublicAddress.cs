using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationHub.Hub.Ingest;

/// <summary>The address that a vendor called, in front of all proxies. Some vendors sign it, letter by letter: nothing of it is decoded or written anew.</summary>
internal static class PublicAddress
{
    /// <summary>The configured public address, followed by the path and query as they were received; null when none is configured.</summary>
    public static Uri? Of(Uri? publicUrl, string target) =>
        publicUrl is not null && Uri.TryCreate(publicUrl.OriginalString.TrimEnd('/') + target, UriKind.Absolute, out var address) ? address : null;

    /// <inheritdoc cref="Of(Uri?, string)"/>
    public static Uri? Of(Uri? publicUrl, HttpContext context) =>
        Of(publicUrl, context.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] target ? target : context.Request.GetEncodedPathAndQuery());
}
