using IntegrationHub.Connectors.Declarative;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Keeps the schemas for editors in the data directory: that of the connectors file, which changes with the connectors there are, and that of declarations.</summary>
internal sealed class EditorSchemas(ConfigurationSource configuration, DataDirectory directory)
{
    /// <summary>Writes them now and after each change.</summary>
    public void Keep()
    {
        Write(configuration.Current, directory.Path);
        configuration.Changed += (_, change) => Write(change.Current, directory.Path);
    }

    public static void Write(HubConfiguration configuration, string directory)
    {
        SchemaFile.Write(Path.Combine(directory, ConnectorsSchema.FileName), new ConnectorsSchema(configuration.Catalog).Text);
        SchemaFile.Write(Path.Combine(directory, DeclarationSchema.FileName), DeclarationSchema.Document(new SettingDescriptions().Of).ToString() + "\n");
    }
}
