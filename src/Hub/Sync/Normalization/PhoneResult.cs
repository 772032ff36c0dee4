namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>What became of a phone number as somebody wrote it.</summary>
internal abstract record PhoneResult
{
    private PhoneResult()
    {
    }

    /// <summary>A number in E.164: <c>+</c>, country calling code, significant number.</summary>
    internal sealed record Number(string E164) : PhoneResult;

    /// <summary>A number with an extension. The line is shared by everybody behind it, so the number alone names nobody.</summary>
    internal sealed record HasExtension(string E164, string Extension) : PhoneResult;

    /// <summary>No phone number; the reason is a fixed phrase without the value.</summary>
    internal sealed record Refused(string Reason) : PhoneResult;
}
