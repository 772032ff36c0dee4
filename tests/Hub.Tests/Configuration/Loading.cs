using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Configuration;

/// <summary>Loads texts with the connectors of this assembly.</summary>
internal static class Loading
{
    public const string File = "/etc/hub/connectors.json";

    public static ConnectorCatalog Catalog { get; } = new(typeof(Loading).Assembly);

    public static ConfigurationLoader Loader(params (string Name, string Value)[] environment) =>
        new(Catalog, name => environment.SingleOrDefault(variable => variable.Name == name).Value);

    public static LoadResult Load(string text, params (string Name, string Value)[] environment) =>
        Loader(environment).Load(File, new FileText.Read(text));

    public static HubConfiguration Loaded(string text, params (string Name, string Value)[] environment) =>
        Load(text, environment) switch
        {
            LoadResult.Loaded loaded => loaded.Configuration,
            LoadResult.Failed failed => throw new Xunit.Sdk.XunitException(string.Join('\n', failed.Errors)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The errors as they are shown, one a line.</summary>
    public static string Errors(string text, params (string Name, string Value)[] environment) =>
        string.Join('\n', Assert.IsType<LoadResult.Failed>(Load(text, environment)).Errors);
}
