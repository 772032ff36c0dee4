using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>erase</c>: has the running hub erase a person. It can't be undone.</summary>
internal static class EraseVerb
{
    public static Command Create(string[] hub)
    {
        var who = new Argument<string>("contact") { Description = "A contact's id, or an identifier: email:zoe@example.com, customer:shop_eu:7700101" };
        var yes = new Option<bool>("--yes") { Description = "Does not ask first" };
        var author = new Option<string?>("--author") { Description = "Who does it, for the audit" };
        var command = new Command("erase", "Has the running hub erase a person: everything that is held of them. It can't be undone") { who, yes, author };
        command.SetAction((result, cancellationToken) =>
            RunAsync(VerbOptions.Read(hub), result.GetRequiredValue(who), result.GetValue(yes), result.GetValue(author), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(HubOptions options, string who, bool yes, string? author, CancellationToken cancellationToken)
    {
        using var api = HubApi.Client(options);
        try
        {
            var contact = await FindAsync(api, who, cancellationToken);
            if (!yes && !Confirm(contact)) throw new VerbException("Nothing was erased.");
            return await EraseAsync(api, contact.GetProperty("id").GetGuid(), author ?? CommandUser.Name, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw HubApi.NoAnswer(api, exception);
        }
    }

    private static async Task<JsonElement> FindAsync(HttpClient api, string who, CancellationToken cancellationToken)
    {
        var isId = Guid.TryParse(who, out var id);
        using var answer = await api.GetAsync(new Uri(isId ? $"api/contacts/{id}" : $"api/contacts?identifier={Uri.EscapeDataString(who)}", UriKind.Relative), cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new VerbException(await HubApi.DetailAsync(answer, cancellationToken));
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (isId) return found;
        return found.GetProperty("items").EnumerateArray().Cast<JsonElement?>().FirstOrDefault() ?? throw new VerbException("There is no contact with this identifier.");
    }

    private static bool Confirm(JsonElement contact)
    {
        if (Console.IsInputRedirected) throw new VerbException("erase asks before it erases, and there is nobody to ask. Add --yes.");
        Console.Write($"Contact {contact.GetProperty("id").GetGuid()}, {contact.GetProperty("events").GetInt64()} events. It can't be undone. Type 'erase' to erase it: ");
        return Console.ReadLine()?.Trim() == "erase";
    }

    private static async Task<int> EraseAsync(HttpClient api, Guid id, string author, CancellationToken cancellationToken)
    {
        using var answer = await api.DeleteAsync(new Uri($"api/contacts/{id}?author={Uri.EscapeDataString(author)}", UriKind.Relative), cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new VerbException(await HubApi.DetailAsync(answer, cancellationToken));
        var erased = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        Console.WriteLine($"Contact {erased.GetProperty("contactId").GetGuid()}: {erased.GetProperty("events").GetInt64()} events and {erased.GetProperty("deliveries").GetInt64()} deliveries erased.");
        if (erased.GetProperty("status").GetString() != "erased") Console.WriteLine("The hub is still clearing the file; the audit says when it is finished.");
        return 0;
    }
}
