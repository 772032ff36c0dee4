namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Which spellings of an address a configuration takes for one mailbox; the domain's owner alone knows, so all are off by default.</summary>
internal sealed record EmailRules
{
    public static EmailRules Default { get; } = new();

    /// <summary>Cuts the local part at its first <c>+</c>; default false.</summary>
    public bool IgnorePlusTags { get; init; }

    /// <summary>Removes the dots of local parts (Gmail has ASCII ones alone) at gmail.com and googlemail.com; default false.</summary>
    public bool IgnoreDotsOfGmail { get; init; }
}
