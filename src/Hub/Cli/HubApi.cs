using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Cli;

/// <summary>The API of the running hub, for verbs that work through it.</summary>
internal static class HubApi
{
    /// <summary>A client that holds the key.</summary>
    /// <exception cref="VerbException">There is no key.</exception>
    public static HttpClient Client(HubOptions options)
    {
        var file = AdminKey.FileIn(options.DataDirectory);
        var key = options.AdminKey ?? (File.Exists(file) ? File.ReadAllText(file).Trim() : throw new VerbException($"There is no API key: set Hub:AdminKey, or Hub:DataDirectory to the folder with {Path.GetFileName(file)}."));
        var client = new HttpClient { BaseAddress = new Uri(options.Urls.Split(';')[0].TrimEnd('/') + "/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        client.DefaultRequestHeaders.Add(Actor.Header, Uri.EscapeDataString(CommandUser.Name));
        return client;
    }

    /// <summary>Why the hub refused.</summary>
    public static async Task<string> DetailAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return problem.TryGetProperty("detail", out var detail) ? detail.ToString() : answer.ReasonPhrase ?? "no reason given";
    }

    public static VerbException NoAnswer(HttpClient api, HttpRequestException exception) =>
        new($"No hub answers at {api.BaseAddress}: {exception.Message}. Start it, or set Hub:Urls to its address.");
}
