using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Hashes what was erased, so that it is recognised when it comes again and can't be guessed from the hash by anyone without the key.</summary>
internal sealed class ErasureKey(byte[] key)
{
    public const string FileName = "erasure.key";

    private const int KeyBytes = 32;

    /// <summary>Set when bytes of somebody erased were written again and deleted: the log still holds them.</summary>
    public bool LogIsDirty { get; set; }

    /// <summary>The key of a data directory, made on first use and readable by its owner alone.</summary>
    /// <param name="isNeeded">Whether hashes were made with it already.</param>
    /// <exception cref="StorageException">It is needed and not there, or the file holds none.</exception>
    public static ErasureKey Open(string dataDirectory, bool isNeeded)
    {
        var file = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(file))
        {
            if (isNeeded) throw new StorageException($"{file} is missing. Without it the hub does not recognise who was erased, and would let them come back. Restore it from the backup of the data directory.", new FileNotFoundException(file));
            PrivateFile.Create(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n");
        }
        return new ErasureKey(Read(file));
    }

    /// <summary>16 bytes by which the key is known, and from which it can't be told.</summary>
    public byte[] Fingerprint => HMACSHA256.HashData(key, "fingerprint"u8)[..16];

    /// <summary>16 bytes that stand for a node's name.</summary>
    public byte[] Hash(string name) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(name))[..16];

    /// <summary>16 bytes that stand for an event.</summary>
    public byte[] Hash(Guid eventId) => HMACSHA256.HashData(key, eventId.ToDb())[..16];

    // An empty file would be a key that everybody knows.
    private static byte[] Read(string file)
    {
        var key = new byte[KeyBytes];
        var text = File.ReadAllText(file).Trim();
        if (text.Length == 2 * KeyBytes && Convert.FromHexString(text, key, out _, out _) is System.Buffers.OperationStatus.Done) return key;
        throw new StorageException($"{file} holds no key of {KeyBytes} bytes. Without it the hub does not recognise who was erased. Restore it from the backup of the data directory.", new InvalidDataException());
    }
}
