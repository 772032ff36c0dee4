using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Ingest;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using Spectre.Console;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>connectors explain</c>: shows what a request would come to, from its proof to the record. Nothing is stored.</summary>
internal static class ConnectorsExplainVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = ContactJson.Options.Encoder };

    public static Command Create(string[] hub)
    {
        var name = new Argument<string>("name") { Description = "A connection, or a connector's key for its first enabled connection" };
        var body = new Option<string>("--body") { Description = "File with the body, byte for byte as it was sent", Required = true };
        var headers = new Option<string>("--headers") { Description = "File with \"Name: value\" lines; \"@ 2026-11-20T15:04:06Z\" gives the arrival, \"POST /webhooks/shop/token\" the address", Required = true };
        var command = new Command("explain", "Shows whether a request is accepted, what it tells, and what the record would become; nothing is stored") { name, body, headers };
        command.SetAction((result, cancellationToken) => RunAsync(hub, result.GetRequiredValue(name), result.GetRequiredValue(body), result.GetRequiredValue(headers), cancellationToken));
        return command;
    }

    /// <returns>0 when the request is accepted and can be read.</returns>
    private static async Task<int> RunAsync(string[] hub, string name, string bodyFile, string headersFile, CancellationToken cancellationToken)
    {
        var options = VerbOptions.Read(hub);
        var configuration = VerbOptions.Load(options);
        var connection = Choose(configuration, name);
        var source = connection.Source ?? throw new VerbException($"Connection '{connection.Name}' is not enabled.");
        var request = RequestFile.Read(bodyFile, headersFile, options.PublicUrl, TimeProvider.System.GetUtcNow());
        request = request with { Url = request.Url ?? PublicAddress.Of(options.PublicUrl, $"/webhooks/{connection.Name}") };
        Title("Verified");
        var verification = source.Verify(request);
        AnsiConsole.WriteLine(verification switch
        {
            Verification.Accepted => $"yes: {source.Authentication.Description}",
            Verification.Rejected rejected => $"NO: {rejected.Reason} ({source.Authentication.Description}). The hub answers 401 and stores nothing; what follows shows what it would have told.",
            Verification.Handshake handshake => $"a handshake: answered with {handshake.Reply.StatusCode}, and nothing is stored",
            _ => throw new UnreachableException(),
        });
        if (verification is Verification.Handshake) return 0;
        var delivery = new StoredDelivery(0, connection.Name, request.ReceivedAt, WebhookDelivery.Kept(source, request), request.Body);
        var told = Show(Reading.Of(delivery, configuration), out var isRead);
        if (told.Count > 0) await ShowRecordAsync(options, configuration, told, cancellationToken);
        return isRead && verification is Verification.Accepted ? 0 : 1;
    }

    private static Connection Choose(HubConfiguration configuration, string name)
    {
        if (configuration.Connections.TryGetValue(name, out var connection)) return connection;
        var enabled = configuration.Connections.Values.Where(candidate => candidate.Source is not null).OrderBy(candidate => candidate.Name, StringComparer.Ordinal).ToList();
        return enabled.Find(candidate => candidate.Connector.Key == name)
            ?? throw new VerbException($"{configuration.File} has no enabled connection '{name}', nor one of a connector '{name}'{SettingsBinder.Suggestion(name, [.. enabled.Select(candidate => candidate.Name)])}");
    }

    private static IReadOnlyList<ContactEvent> Show(Reading reading, out bool isRead)
    {
        Title("Told");
        isRead = reading is Reading.Told or Reading.Hinted or Reading.Settled;
        switch (reading)
        {
            case Reading.Told told:
                foreach (var contactEvent in told.Events) AnsiConsole.WriteLine($"{contactEvent.GetType().Name} {JsonNode.Parse(ContractJson.Serialize(contactEvent))?.ToJsonString(Indented)}");
                foreach (var (type, id) in told.ToFetch) AnsiConsole.WriteLine($"besides, {type} {id} has to be fetched");
                ShowUnread(told.Unread, ref isRead);
                return told.Events;
            case Reading.Hinted hinted:
                foreach (var (type, id) in hinted.ToFetch) AnsiConsole.WriteLine($"nothing yet: {type} {id} has to be fetched from the vendor");
                ShowUnread(hinted.Unread, ref isRead);
                break;
            case Reading.Settled settled:
                AnsiConsole.WriteLine($"nothing, on purpose: {settled.Topic} {settled.Reason}");
                break;
            case Reading.Unreadable unreadable:
                AnsiConsole.WriteLine($"NOTHING, it goes to quarantine: {unreadable.Reason}");
                break;
            case Reading.NotEnabled disabled:
                AnsiConsole.WriteLine(disabled.Reason);
                break;
            default:
                throw new UnreachableException();
        }
        return [];
    }

    private static void ShowUnread(string? unread, ref bool isRead)
    {
        if (unread is null) return;
        isRead = false;
        AnsiConsole.WriteLine($"NOT ALL of it, the delivery stays in quarantine: {unread}");
    }

    private static async Task ShowRecordAsync(HubOptions options, HubConfiguration configuration, IReadOnlyList<ContactEvent> told, CancellationToken cancellationToken)
    {
        var live = HubDatabase.Of(options);
        var scratch = live.Exists ? null : Directory.CreateTempSubdirectory("integrationhub-explain-").FullName;
        Title(scratch is null ? $"The record in {live.Name} would become" : "The record would become (there is no database yet)");
        try
        {
            await using IDatabase database = scratch is null ? live.OpenBeside() : SqliteDatabase.OpenScratch(DataDirectory.DatabaseIn(scratch));
            var preview = await database.WriteRecordAsync(session => DeliveryPreview.Of(session, configuration, KeyOf(options), told, TimeProvider.System), cancellationToken);
            if (preview.Contacts.Count == 0) AnsiConsole.WriteLine("as it is: all of this was told before");
            foreach (var (contact, taken) in preview.Joins) AnsiConsole.WriteLine($"contact {taken} is joined into {contact}");
            foreach (var contact in preview.Contacts)
            {
                AnsiConsole.WriteLine(contact.IsNew ? "a new contact" : $"contact {contact.Id}");
                foreach (var field in contact.Fields) AnsiConsole.WriteLine($"  {field.Name}: {field.Value ?? "(gone)"}");
                AnsiConsole.WriteLine(contact.Json);
            }
        }
        finally
        {
            if (scratch is not null) Directory.Delete(scratch, recursive: true);
        }
    }

    // A hub that never erased anybody has no key yet, and this is not the moment to make one.
    private static ErasureKey KeyOf(HubOptions options) =>
        File.Exists(Path.Combine(options.DataDirectory, ErasureKey.FileName)) ? ErasureKey.Open(options.DataDirectory, isNeeded: true) : new ErasureKey(RandomNumberGenerator.GetBytes(32));

    private static void Title(string title)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule(Markup.Escape(title)).LeftJustified());
    }
}
