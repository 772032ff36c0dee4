namespace IntegrationHub.Hub.Access;

/// <summary>What every endpoint has to obey. A hub with one that does not is not started.</summary>
internal static class AccessRules
{
    private static readonly string[] Own = ["/api", "/openapi"];

    /// <summary>Whether a path is the hub's own, which needs a key whatever is there.</summary>
    public static bool IsOwn(PathString path)
    {
        foreach (var own in Own)
        {
            if (path.StartsWithSegments(own, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <exception cref="InvalidOperationException">An endpoint declares nothing, or less than it must; the message names all of them.</exception>
    public static void Require(IEnumerable<Endpoint> endpoints)
    {
        var wrong = endpoints.Select(endpoint => (endpoint.DisplayName, Problem: ProblemOf(endpoint))).Where(found => found.Problem is not null).ToList();
        if (wrong.Count > 0) throw new InvalidOperationException($"These endpoints must not be served: {string.Join("; ", wrong.Select(found => $"{found.DisplayName} {found.Problem}"))}.");
    }

    private static string? ProblemOf(Endpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        var isOwn = endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && IsOwn("/" + path.TrimStart('/'));
        return endpoint.Metadata.GetMetadata<EndpointAccess>() switch
        {
            null => "does not declare who may call it: add Needs or NeedsNoKey where it is mapped",
            { Role: null } when isOwn => "is a part of the API and needs no key",
            { Role: Role.Viewer } when methods.Count == 0 || methods.Any(method => method is not "GET") => "can change something and lets viewers in",
            { Change: null, WritesAudit: false, Role: not null } when methods.Any(method => method is not "GET") => "can change something and the audit would not tell: say what it changes",
            _ => null,
        };
    }
}
