using System.CommandLine;
using System.Net.Sockets;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace IntegrationHub.Hub.Cli;

/// <summary>The command line: one verb a file. Without a verb the hub serves.</summary>
internal static class HubCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (Console.IsOutputRedirected) WritePlainly(AnsiConsole.Profile);
        var (hub, verb) = HubArguments.Split(arguments);
        var root = new RootCommand("IntegrationHub connects the tools a business uses to one contact record. Settings: --Hub:DataDirectory=…, --Hub:ConnectorsFile=…, --Hub:Urls=…, or the environment (Hub__DataDirectory).")
        {
            ServeVerb.Create(hub),
            DemoVerb.Create(hub),
            ValidateVerb.Create(hub),
            SimulateVerb.Create(hub),
            ReplayVerb.Create(hub),
            BackfillVerb.Create(hub),
            GapsVerb.Create(hub),
            RebuildVerb.Create(hub),
            VerifyVerb.Create(hub),
            ExportVerb.Create(hub),
            MigrateVerb.Create(hub),
            EraseVerb.Create(hub),
            KeysVerb.Create(hub),
            SecretsVerb.Create(hub),
            ConnectorsVerb.Create(hub),
        };
        root.SetAction((_, cancellationToken) => ServeVerb.RunAsync(hub, cancellationToken));
        try
        {
            return await root.Parse(verb).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (Explain(exception) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }

    private static void WritePlainly(Profile profile)
    {
        profile.Capabilities.Ansi = false;
        profile.Width = 160;
    }

    // What a person can mend gets its own words; anything else is our fault and shows where it happened.
    private static string? Explain(Exception exception) => exception switch
    {
        StorageException or ConfigurationException or VerbException => exception.Message,
        OptionsValidationException validation => string.Join(Environment.NewLine, validation.Failures),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => $"{exception.Message} Stop what listens there, or set Hub:Urls to another address.",
        SocketException socket => $"The address can't be listened on: {socket.Message}. Set Hub:Urls to another one.",
        OperationCanceledException => "Stopped.",
        _ => null,
    };
}

/// <summary>A verb can't do its work; the message says why and what to do.</summary>
internal sealed class VerbException(string message) : Exception(message);
