using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Access;

/// <summary>Secrets for the connectors file, sealed in the data directory, for those who keep none in the environment.</summary>
internal sealed class SealedSecrets(string dataDirectory)
{
    public const string FileName = "secrets.sealed";

    private readonly TokenSeal seal = new(dataDirectory);

    private string File => Path.Combine(dataDirectory, FileName);

    /// <summary>The names of the secrets there are.</summary>
    public IReadOnlyList<string> Names => [.. Read().Keys];

    /// <summary>What <c>${NAME}</c> stands for: the environment variable, else the sealed secret; null when there is neither.</summary>
    /// <exception cref="StorageException">There is one, and it can't be opened.</exception>
    public string? Find(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } variable) return variable;
        if (!Read().TryGetValue(name, out var closed)) return null;
        try
        {
            return Encoding.UTF8.GetString(seal.Open(NameOf(name), closed));
        }
        catch (TokenSealException exception)
        {
            throw new StorageException($"The secret {name} in {File} can't be opened: {exception.Message}, or set it again: secrets set {name}.", exception);
        }
    }

    public void Set(string name, string secret)
    {
        var all = Read();
        all[name] = seal.Close(NameOf(name), Encoding.UTF8.GetBytes(secret));
        Write(all);
    }

    /// <returns>False when there is none of this name.</returns>
    public bool Remove(string name)
    {
        var all = Read();
        if (!all.Remove(name)) return false;
        Write(all);
        return true;
    }

    /// <summary>Makes a new key to seal with, and seals anew what is here. What the database holds is sealed anew as it changes; the keys before stay, to open it.</summary>
    /// <exception cref="StorageException">A secret can't be opened.</exception>
    public void Rotate()
    {
        try
        {
            var open = Read().ToDictionary(entry => entry.Key, entry => seal.Open(NameOf(entry.Key), entry.Value), StringComparer.Ordinal);
            seal.AddKey();
            Write(new SortedDictionary<string, byte[]>(open.ToDictionary(entry => entry.Key, entry => seal.Close(NameOf(entry.Key), entry.Value), StringComparer.Ordinal), StringComparer.Ordinal));
        }
        catch (TokenSealException exception)
        {
            throw new StorageException($"The key can't be changed: {exception.Message}.", exception);
        }
    }

    private static string NameOf(string name) => "secret " + name;

    private SortedDictionary<string, byte[]> Read()
    {
        if (!System.IO.File.Exists(File)) return new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(System.IO.File.ReadAllText(File)) ?? [];
            return new SortedDictionary<string, byte[]>(read, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{File} can't be read ({exception.GetType().Name}). Restore it from a backup, or remove it and set the secrets again.", exception);
        }
    }

    private void Write(SortedDictionary<string, byte[]> all)
    {
        if (all.Count > 0) PrivateFile.Replace(File, JsonSerializer.Serialize(all));
        else System.IO.File.Delete(File);
    }
}
