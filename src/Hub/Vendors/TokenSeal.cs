using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Vendors;

/// <summary>Seals what the hub keeps of OAuth by AES-256-GCM. The key is a file beside the database: a copy of the database alone tells nobody a token.</summary>
internal sealed class TokenSeal(DataDirectory directory)
{
    public const string FileName = "token.key";

    private const byte Version = 1;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private string File => Path.Combine(directory.Path, FileName);

    /// <summary>Seals bytes. The first time, the key is made, readable by its owner alone.</summary>
    /// <param name="name">What they belong to; they open under this name alone.</param>
    /// <exception cref="TokenSealException">The key file holds no key.</exception>
    public byte[] Close(string name, ReadOnlySpan<byte> open)
    {
        if (!System.IO.File.Exists(File)) Create();
        var closed = new byte[1 + NonceBytes + TagBytes + open.Length];
        closed[0] = Version;
        var nonce = closed.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(ReadKey(), TagBytes);
        cipher.Encrypt(nonce, open, closed.AsSpan(1 + NonceBytes + TagBytes), closed.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return closed;
    }

    /// <summary>Opens what was sealed under this name.</summary>
    /// <exception cref="TokenSealException">The key is missing, or is not the one it was sealed with.</exception>
    public byte[] Open(string name, ReadOnlySpan<byte> closed)
    {
        if (!System.IO.File.Exists(File)) throw new TokenSealException($"{File} is missing, and the stored tokens can't be read without it", null);
        if (closed.Length < 1 + NonceBytes + TagBytes || closed[0] != Version) throw new TokenSealException("the stored tokens are damaged", null);
        var open = new byte[closed.Length - 1 - NonceBytes - TagBytes];
        using var cipher = new AesGcm(ReadKey(), TagBytes);
        try
        {
            cipher.Decrypt(closed.Slice(1, NonceBytes), closed[(1 + NonceBytes + TagBytes)..], closed.Slice(1 + NonceBytes, TagBytes), open, Encoding.UTF8.GetBytes(name));
            return open;
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new TokenSealException($"{File} is not the key that the stored tokens were sealed with", exception);
        }
    }

    // Read each time, which is seldom: a file that was put back is taken at once.
    private byte[] ReadKey()
    {
        try
        {
            var key = Convert.FromHexString(System.IO.File.ReadAllText(File).Trim());
            if (key.Length == KeyBytes) return key;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new TokenSealException($"{File} can't be read as a key ({exception.GetType().Name})", exception);
        }
        throw new TokenSealException($"{File} holds no key of {KeyBytes} bytes", null);
    }

    private void Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var file = new FileStream(File, options);
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            file.Flush(flushToDisk: true);
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
