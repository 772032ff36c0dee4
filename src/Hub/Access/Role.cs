namespace IntegrationHub.Hub.Access;

/// <summary>What the holder of a key may do. Each role may do what the ones before it may.</summary>
internal enum Role
{
    /// <summary>Sees the record and how the connections fare; changes nothing.</summary>
    Viewer = 1,

    /// <summary>Repairs: replays, reads history, decides who is who, sees deliveries as they were sent.</summary>
    Operator = 2,

    /// <summary>Erases, hands out copies, grants access, makes keys, reads the audit.</summary>
    Admin = 3,
}

/// <summary>Roles as they are written.</summary>
internal static class RoleText
{
    public const string Choices = "viewer, operator or admin";

    public static string Write(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        Role.Admin => "admin",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The role, or null when the text is none.</summary>
    public static Role? Read(string? text) => text switch
    {
        "viewer" => Role.Viewer,
        "operator" => Role.Operator,
        "admin" => Role.Admin,
        _ => null,
    };
}
