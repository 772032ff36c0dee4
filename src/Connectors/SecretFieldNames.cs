namespace IntegrationHub.Connectors;

/// <summary>Names of form fields whose values nobody but the vendor may have: sign-up forms post passwords and card numbers like any other field.</summary>
public static class SecretFieldNames
{
    private static readonly string[] Words = ["password", "passwd", "passwort", "passphrase", "pwd", "cvv", "cvc", "cardnumber", "creditcard", "securitycode", "token", "nonce", "recaptcha"];

    /// <summary>Whether a field of this name holds a secret; case, dashes and the like do not matter.</summary>
    public static bool Contains(string name)
    {
        var plain = new string([.. name.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
        return Words.Any(word => plain.Contains(word, StringComparison.Ordinal));
    }
}
