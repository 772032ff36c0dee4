using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Api;

/// <summary>The key that the API asks for: the configured one, or one that was created in the data directory.</summary>
internal sealed class AdminKey
{
    private const int LeastLength = 16;

    private readonly byte[] hash;

    private AdminKey(string key, string? file)
    {
        hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        File = file;
    }

    /// <summary>The file that holds the key; null when it was configured.</summary>
    public string? File { get; }

    public static string FileIn(string dataDirectory) => Path.Combine(dataDirectory, "admin.key");

    /// <summary>The configured key, or the created one, made on first use and readable by its owner alone.</summary>
    /// <exception cref="StorageException">The file holds none: an empty one would let everybody in.</exception>
    public static AdminKey Open(string? configured, string dataDirectory)
    {
        if (configured is not null) return new AdminKey(configured, null);
        var file = FileIn(dataDirectory);
        if (!System.IO.File.Exists(file)) PrivateFile.Create(file, "hub_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n");
        return System.IO.File.ReadAllText(file).Trim() is { Length: >= LeastLength } key ? new AdminKey(key, file)
            : throw new StorageException($"{file} holds no key of {LeastLength} characters or more. Write one into it, or delete it to have one created.", new InvalidDataException());
    }

    /// <summary>Whether this is the key; the time it takes tells nothing about it.</summary>
    public bool Matches(string given) => CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(given)));
}
