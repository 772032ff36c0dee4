using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace IntegrationHub.Hub.Storage;

/// <summary>The one rule for text that a tool sent and that not every engine can store: what PostgreSQL refuses (U+0000) and what is no character (half of a surrogate pair) becomes U+FFFD, on every engine.</summary>
internal static class StoredText
{
    private const char Replacement = '\uFFFD';
    private const int MaxKey = 300;
    private const int KeptOfKey = 200;

    /// <summary>The text as it can be stored; the same instance when nothing has to be replaced.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOf('\0') < 0 && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Replace(text);

    /// <summary>A name that rows are found by. PostgreSQL's indexes hold up to 2,700 bytes, of two names at most: a longer name is cut, and a hash keeps it apart from others that begin alike.</summary>
    public static string Key(string name) => Of(name.Length <= MaxKey ? name : $"{name[..KeptOfKey]}…{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(name.AsSpan())))}");

    private static string Replace(string text)
    {
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (i + 1 < characters.Length && char.IsSurrogatePair(characters[i], characters[i + 1])) i++;
            else if (characters[i] == '\0' || char.IsSurrogate(characters[i])) characters[i] = Replacement;
        }
        return new string(characters);
    }
}
