using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Hub.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>Keys of a test hub, and all its endpoints.</summary>
internal static class AccessHub
{
    /// <summary>Makes a key over the API.</summary>
    /// <returns>The answer: id, name, role and key.</returns>
    public static async Task<JsonElement> MakeKeyAsync(this TestHub hub, string name, string role)
    {
        using var answer = await hub.Http.PostAsJsonAsync("/api/keys", new { name, role });
        Assert.Equal(201, (int)answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>A client with a key; without one when it is null.</summary>
    public static HttpClient ClientWith(this TestHub hub, string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = hub.Http.BaseAddress };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Every endpoint and method that the running hub serves, with an address that leads there.</summary>
    public static IEnumerable<(string Method, string Path, EndpointAccess? Access)> Endpoints(this TestHub hub, string contact) =>
        from endpoint in hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = string.Join('/', ("/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Split('/').Select(part => Filled(part, contact)))
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
        select (method, path, endpoint.Metadata.GetMetadata<EndpointAccess>());

    private static string Filled(string part, string contact) => part switch
    {
        "{id:guid}" => contact,
        "{id:long}" or "{id}" => "1",
        "{name}" or "{connection}" => "typeform",
        "{**what}" => "firstName",
        "{token?}" => "none",
        "{documentName}.json" => "v1.json",
        "{root}" => "nothing",
        "{**rest}" => "here",
        _ when part.Contains('{', StringComparison.Ordinal) => throw new InvalidOperationException($"Say what to put in for {part}."),
        _ => part,
    };
}
