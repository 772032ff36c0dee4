using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Vendors;

/// <summary>
/// Seals what the hub keeps of OAuth, and other people's secrets, by AES-256-GCM. The keys are a file beside the database, one a line: a copy of the database alone tells
/// nobody a token. The last key seals, and each opens what it sealed.
/// </summary>
internal sealed class TokenSeal(string directory)
{
    public const string FileName = "token.key";

    // The first version did not say which key it was sealed with.
    private const byte WithoutKeyId = 1;
    private const byte WithKeyId = 2;
    private const int KeyBytes = 32;
    private const int KeyIdBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public TokenSeal(DataDirectory directory)
        : this(directory.Path)
    {
    }

    private string File => Path.Combine(directory, FileName);

    /// <summary>16 bytes by which the oldest key is known, and from which it can't be told. The first time, the key is made.</summary>
    /// <exception cref="TokenSealException">The key file holds no key.</exception>
    public byte[] Fingerprint()
    {
        CreateWhenAbsent();
        return HMACSHA256.HashData(ReadKeys()[0], "fingerprint"u8)[..16];
    }

    /// <summary>Seals bytes. The first time, the key is made, readable by its owner alone.</summary>
    /// <param name="name">What they belong to; they open under this name alone.</param>
    /// <exception cref="TokenSealException">The key file holds no key.</exception>
    public byte[] Close(string name, ReadOnlySpan<byte> open)
    {
        CreateWhenAbsent();
        var key = ReadKeys()[^1];
        var closed = new byte[1 + KeyIdBytes + NonceBytes + TagBytes + open.Length];
        closed[0] = WithKeyId;
        IdOf(key).CopyTo(closed, 1);
        var body = closed.AsSpan(1 + KeyIdBytes);
        RandomNumberGenerator.Fill(body[..NonceBytes]);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(body[..NonceBytes], open, body[(NonceBytes + TagBytes)..], body.Slice(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return closed;
    }

    /// <summary>Opens what was sealed under this name.</summary>
    /// <exception cref="TokenSealException">The key is missing, or is not the one it was sealed with.</exception>
    public byte[] Open(string name, ReadOnlySpan<byte> closed)
    {
        if (!System.IO.File.Exists(File)) throw new TokenSealException($"{File} is missing, and the stored tokens can't be read without it", null);
        var header = closed.Length > 0 && closed[0] == WithKeyId ? 1 + KeyIdBytes : 1;
        if (closed.Length < header + NonceBytes + TagBytes || closed[0] is not (WithKeyId or WithoutKeyId)) throw new TokenSealException("the stored tokens are damaged", null);
        foreach (var key in ReadKeys())
        {
            if (header > 1 && !closed.Slice(1, KeyIdBytes).SequenceEqual(IdOf(key))) continue;
            if (TryOpen(key, name, closed[header..]) is { } open) return open;
        }
        throw new TokenSealException($"{File} is not the key that the stored tokens were sealed with", null);
    }

    /// <summary>Makes a new key, which seals from then on.</summary>
    /// <exception cref="TokenSealException">The file can't be written, or holds no key.</exception>
    public void AddKey()
    {
        var before = System.IO.File.Exists(File) ? string.Concat(ReadKeys().Select(key => Convert.ToHexStringLower(key) + "\n")) : "";
        Write(() => PrivateFile.Replace(File, before + NewLine()));
    }

    private static byte[]? TryOpen(byte[] key, string name, ReadOnlySpan<byte> body)
    {
        var open = new byte[body.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(body[..NonceBytes], body[(NonceBytes + TagBytes)..], body.Slice(NonceBytes, TagBytes), open, Encoding.UTF8.GetBytes(name));
            return open;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    // Tells keys apart and tells nothing of them.
    private static byte[] IdOf(byte[] key) => SHA256.HashData(key)[..KeyIdBytes];

    private static string NewLine() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n";

    // Read each time, which is seldom: a file that was put back is taken at once.
    private List<byte[]> ReadKeys()
    {
        try
        {
            var keys = System.IO.File.ReadAllText(File).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Convert.FromHexString).ToList();
            if (keys.Count > 0 && keys.TrueForAll(key => key.Length == KeyBytes)) return keys;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new TokenSealException($"{File} can't be read as a key ({exception.GetType().Name})", exception);
        }
        throw new TokenSealException($"{File} holds no key of {KeyBytes} bytes", null);
    }

    private void CreateWhenAbsent()
    {
        if (!System.IO.File.Exists(File)) Write(() => PrivateFile.Create(File, NewLine()));
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TokenSealException($"{File} can't be written ({exception.GetType().Name})", exception);
        }
    }
}

/// <summary>Sealed tokens can't be opened.</summary>
internal sealed class TokenSealException(string problem, Exception? inner)
    : Exception($"{problem}; restore {TokenSeal.FileName} from the backup of the data directory", inner);
