using System.Collections.Frozen;
using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Declarative;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Cli;

/// <summary>Settings and connections for verbs that start no hub.</summary>
internal static class VerbOptions
{
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static HubOptions Read(string[] hub)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(hub).Build();
        var options = configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
        var result = new HubOptionsValidator(configuration).Validate(null, options);
        return result.Failed ? throw new OptionsValidationException(HubOptions.Section, typeof(HubOptions), result.Failures) : options;
    }

    /// <exception cref="ConfigurationException">The connectors file or a declaration can't be used.</exception>
    public static HubConfiguration Load(HubOptions options)
    {
        var file = Path.GetFullPath(options.ConnectorsFile);
        return new ConfigurationLoader(ConnectorCatalog.BuiltIn, new SealedSecrets(options.DataDirectory).Find).Load(file, ConfigurationFiles.Of(file, options.DeclarationsFolder), before: null) switch
        {
            LoadResult.Loaded loaded => loaded.Configuration,
            LoadResult.Failed failed => throw new ConfigurationException(failed.Errors),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The connectors there are, one's own among them, whatever the connectors file says.</summary>
    /// <exception cref="ConfigurationException">A declaration can't be used.</exception>
    public static ConnectorCatalog Catalog(HubOptions options)
    {
        var files = ConfigurationFiles.Of(options.ConnectorsFile, options.DeclarationsFolder);
        var declarations = new DeclarationLoader(ConnectorCatalog.BuiltIn).Load(files.Declarations, FrozenDictionary<string, Declaration>.Empty);
        return declarations.Errors.Count == 0 ? declarations.Catalog : throw new ConfigurationException(declarations.Errors);
    }
}
