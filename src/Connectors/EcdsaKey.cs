using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace IntegrationHub.Connectors;

/// <summary>A key for ECDSA signatures: a public one, which verifies, or a private one, which also signs. Never prints itself.</summary>
public sealed class EcdsaKey
{
    private readonly ECParameters parameters;

    // One instance must not be shared between threads, and a new one costs more than a verification.
    private readonly ConcurrentBag<ECDsa> idle = [];

    private EcdsaKey(ECParameters parameters) => this.parameters = parameters;

    /// <summary>Whether it can sign.</summary>
    public bool IsPrivate => parameters.D is not null;

    /// <summary>Reads a key.</summary>
    /// <param name="text">Base64 of a DER SubjectPublicKeyInfo (public), or of an unencrypted PKCS#8 (private).</param>
    /// <returns>The key, or null when the text is neither.</returns>
    public static EcdsaKey? TryParse(string text)
    {
        var der = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, der, out var length)) return null;
        return TryRead(der.AsSpan(0, length), static (ECDsa key, ReadOnlySpan<byte> bytes, out int read) => key.ImportSubjectPublicKeyInfo(bytes, out read), isPrivate: false)
            ?? TryRead(der.AsSpan(0, length), static (ECDsa key, ReadOnlySpan<byte> bytes, out int read) => key.ImportPkcs8PrivateKey(bytes, out read), isPrivate: true);
    }

    /// <summary>A new private key on P-256, for demos and drills.</summary>
    public static string NewPrivate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    /// <summary>Whether an ASN.1 DER signature is this key's.</summary>
    public bool Verify(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (!idle.TryTake(out var key)) key = ECDsa.Create(parameters);
        try
        {
            return key.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        finally
        {
            idle.Add(key);
        }
    }

    /// <summary>An ASN.1 DER signature; another one each time.</summary>
    /// <exception cref="InvalidOperationException">The key is public.</exception>
    public byte[] Sign(byte[] hash)
    {
        if (!IsPrivate) throw new InvalidOperationException("A public key can't sign: only the vendor has the private one.");
        using var key = ECDsa.Create(parameters);
        return key.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Three dots, whatever the key is.</summary>
    public override string ToString() => "…";

    private static EcdsaKey? TryRead(ReadOnlySpan<byte> der, Import import, bool isPrivate)
    {
        using var key = ECDsa.Create();
        try
        {
            import(key, der, out var read);
            return read == der.Length ? new EcdsaKey(key.ExportParameters(isPrivate)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private delegate void Import(ECDsa key, ReadOnlySpan<byte> der, out int read);
}
