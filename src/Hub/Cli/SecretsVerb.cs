using System.CommandLine;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>secrets</c>: keeps secrets for the connectors file sealed in the data directory.</summary>
internal static class SecretsVerb
{
    private const string WhenTaken = "A running hub takes it when the connectors file changes, or at its next start.";

    public static Command Create(string[] hub) =>
        new("secrets", "Keeps secrets for the connectors file sealed in the data directory: ${NAME} stands for them where no environment variable has the name") { SetVerb(hub), ListVerb(hub), RemoveVerb(hub), RotateVerb(hub) };

    private static Command SetVerb(string[] hub)
    {
        var name = NameArgument();
        var command = new Command("set", "Seals a secret, which it reads from standard input: never from the command line, where others see it") { name };
        command.SetAction((result, cancellationToken) => SetAsync(hub, result.GetRequiredValue(name), cancellationToken));
        return command;
    }

    private static Command ListVerb(string[] hub)
    {
        var command = new Command("list", "Lists the names of the secrets");
        command.SetAction(_ =>
        {
            foreach (var name in Secrets(hub).Names) Console.WriteLine(name);
            return 0;
        });
        return command;
    }

    private static Command RemoveVerb(string[] hub)
    {
        var name = NameArgument();
        var command = new Command("remove", "Removes a secret") { name };
        command.SetAction((result, cancellationToken) => RemoveAsync(hub, result.GetRequiredValue(name), cancellationToken));
        return command;
    }

    private static Command RotateVerb(string[] hub)
    {
        var command = new Command("rotate", "Makes a new key to seal with; the ones before stay, to open what they sealed");
        command.SetAction(async (_, cancellationToken) =>
        {
            Secrets(hub).Rotate();
            await AuditAsync(hub, "seal_key_rotated", null, cancellationToken);
            Console.WriteLine("The newest key of token.key seals from now on, also at the running hub.");
            return 0;
        });
        return command;
    }

    private static async Task<int> SetAsync(string[] hub, string name, CancellationToken cancellationToken)
    {
        if (name.Length > 100 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_') || !(char.IsAsciiLetter(name[0]) || name[0] is '_'))
            throw new VerbException("A name has letters, digits and underscores, no digit first: it stands as ${NAME} in the connectors file.");
        if (!Console.IsInputRedirected) await Console.Error.WriteLineAsync($"The secret for ${{{name}}}, and the return key:");
        var secret = (await Console.In.ReadLineAsync(cancellationToken))?.Trim();
        if (string.IsNullOrEmpty(secret)) throw new VerbException($"No secret was given. Write it to standard input: printf %s \"$SECRET\" | … secrets set {name}");
        Secrets(hub).Set(name, secret);
        await AuditAsync(hub, "secret_set", name, cancellationToken);
        Console.WriteLine($"${{{name}}} is set. {WhenTaken}");
        return 0;
    }

    private static async Task<int> RemoveAsync(string[] hub, string name, CancellationToken cancellationToken)
    {
        if (!Secrets(hub).Remove(name)) throw new VerbException($"There is no sealed secret {name}. 'secrets list' shows the names.");
        await AuditAsync(hub, "secret_removed", name, cancellationToken);
        Console.WriteLine($"${{{name}}} is removed. {WhenTaken}");
        return 0;
    }

    // Before the first start there is no database, and nobody to hide anything from.
    private static async Task AuditAsync(string[] hub, string what, string? name, CancellationToken cancellationToken)
    {
        var file = DataDirectory.DatabaseIn(VerbOptions.Read(hub).DataDirectory);
        if (!File.Exists(file)) return;
        await using var database = SqliteDatabase.OpenBeside(file);
        await database.WriteAsync(session =>
        {
            session.Audit(TimeProvider.System.GetUtcNow(), what, CommandUser.Name, subject: name);
            return 0;
        }, cancellationToken);
    }

    private static Argument<string> NameArgument() => new("name") { Description = "The name, as in ${NAME}" };

    private static SealedSecrets Secrets(string[] hub) => new(DataDirectory.Create(VerbOptions.Read(hub).DataDirectory));
}
