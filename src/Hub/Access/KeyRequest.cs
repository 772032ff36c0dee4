namespace IntegrationHub.Hub.Access;

/// <summary>A key that somebody wants made.</summary>
internal sealed record KeyRequest(string? Name, string? Role)
{
    private const int MaxName = 60;

    /// <summary>What to make, or the problem with what was asked for.</summary>
    public (string Name, Role Role, string? Problem) Read()
    {
        if (Name?.Trim() is not { Length: > 0 and <= MaxName } name || !name.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '_' or '-' or '@'))
            return ("", default, $"name must be 1 to {MaxName} letters, digits, spaces, dots, dashes, underscores and @: it stands in the audit.");
        return RoleText.Read(Role) is { } role ? (name, role, null) : ("", default, $"role must be {RoleText.Choices}.");
    }
}
