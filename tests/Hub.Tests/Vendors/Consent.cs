using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>A person who is led to Lumen and back.</summary>
internal static class Consent
{
    /// <summary>An admin begins, and the person grants access.</summary>
    public static async Task GiveAsync(LumenHub lumen, string connection = "lumen")
    {
        using var page = await ComeBackAsync(lumen, $"code=the-code&state={Uri.EscapeDataString(Parameter(await BeginAsync(lumen, connection), "state"))}");
        Assert.True(page.IsSuccessStatusCode, await page.Content.ReadAsStringAsync());
    }

    /// <summary>An admin begins.</summary>
    /// <returns>The address at Lumen.</returns>
    public static async Task<Uri> BeginAsync(LumenHub lumen, string connection = "lumen")
    {
        using var answer = await lumen.Hub.Http.PostAsync($"/api/connections/{connection}/authorize", null);
        var begun = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new Uri(begun.GetProperty("url").GetString()!);
    }

    public static string Parameter(Uri address, string name) => QueryHelpers.ParseQuery(address.Query)[name].ToString();

    /// <summary>The browser comes back, without any key.</summary>
    public static async Task<HttpResponseMessage> ComeBackAsync(LumenHub lumen, string query)
    {
        using var browser = new HttpClient { BaseAddress = lumen.Hub.Http.BaseAddress };
        return await browser.GetAsync("/oauth/callback?" + query);
    }
}
