using System.CommandLine;
using System.Globalization;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using Spectre.Console;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>keys</c>: makes, lists and revokes keys of the API, beside a running hub or without one.</summary>
internal static class KeysVerb
{
    public static Command Create(string[] hub) => new("keys", "Makes, lists and revokes keys of the API") { CreateVerb(hub), ListVerb(hub), RevokeVerb(hub) };

    private static Command CreateVerb(string[] hub)
    {
        var name = new Option<string>("--name") { Description = "Whose key it is, for the list and the audit", Required = true };
        var role = new Option<string>("--role") { Description = "viewer sees, operator repairs, admin may everything", Required = true };
        var command = new Command("create", "Makes a key and prints it, once") { name, role };
        command.SetAction((result, cancellationToken) => CreateAsync(hub, new KeyRequest(result.GetValue(name), result.GetValue(role)), cancellationToken));
        return command;
    }

    private static Command ListVerb(string[] hub)
    {
        var command = new Command("list", "Lists the keys, revoked ones too");
        command.SetAction(_ => List(hub));
        return command;
    }

    private static Command RevokeVerb(string[] hub)
    {
        var id = new Argument<string>("id") { Description = "The key's id, as the list shows it" };
        var command = new Command("revoke", "Revokes a key: it is good for no more call, also at the running hub") { id };
        command.SetAction((result, cancellationToken) => RevokeAsync(hub, result.GetRequiredValue(id), cancellationToken));
        return command;
    }

    private static async Task<int> CreateAsync(string[] hub, KeyRequest wish, CancellationToken cancellationToken)
    {
        var (name, role, problem) = wish.Read();
        if (problem is not null) throw new VerbException("--" + problem);
        await using var database = Open(hub);
        var key = ApiKeyText.Create();
        await database.WriteAsync(session =>
        {
            session.InsertKey(key, name, role, TimeProvider.System.GetUtcNow(), CommandUser.Name);
            session.Audit(TimeProvider.System.GetUtcNow(), "key_created", CommandUser.Name, subject: key.Id);
            return key.Id;
        }, cancellationToken);
        Console.WriteLine(key.Text);
        await Console.Error.WriteLineAsync($"Key {key.Id} of {name}, {RoleText.Write(role)}. It is not shown again: the hub keeps only its hash.");
        return 0;
    }

    private static int List(string[] hub)
    {
        using var session = DatabaseOf(hub).OpenReader();
        var table = new Table().AddColumns("Id", "Name", "Role", "Created (UTC)", "By", "Last used", "Revoked");
        foreach (var key in session.AllKeys())
            table.AddRow(new Text(key.Id), new Text(key.Name), new Text(RoleText.Write(key.Role)), Moment(key.CreatedAt), new Text(key.CreatedBy), Moment(key.UsedAt), Moment(key.RevokedAt));
        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<int> RevokeAsync(string[] hub, string id, CancellationToken cancellationToken)
    {
        await using var database = Open(hub);
        var revoked = await database.WriteAsync(session =>
        {
            var found = session.RevokeKey(id, TimeProvider.System.GetUtcNow(), CommandUser.Name);
            if (found is not null) session.Audit(TimeProvider.System.GetUtcNow(), "key_revoked", CommandUser.Name, subject: id);
            return found;
        }, cancellationToken)
            ?? throw new VerbException("There is no such key, or it is revoked already. 'keys list' shows the ids.");
        Console.WriteLine($"Key {revoked.Id} of {revoked.Name} is revoked.");
        return 0;
    }

    private static Text Moment(DateTimeOffset? at) => new(at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "");

    private static HubDatabase DatabaseOf(string[] hub) => HubDatabase.Of(VerbOptions.Read(hub));

    private static IDatabase Open(string[] hub)
    {
        var database = DatabaseOf(hub);
        return database.Exists ? database.OpenBeside() : throw new VerbException($"There is no database at {database.Name}. Start the hub once, or set Hub:DataDirectory.");
    }
}
