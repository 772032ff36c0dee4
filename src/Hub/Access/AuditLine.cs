namespace IntegrationHub.Hub.Access;

/// <summary>What the audit will say of a call once it is over. The endpoint may say more than its address does.</summary>
internal sealed class AuditLine(string what, string? subject)
{
    public string What { get; set; } = what;

    /// <summary>The id or name of what is changed; never personal data.</summary>
    public string? Subject { get; set; } = subject;

    /// <exception cref="InvalidOperationException">The endpoint did not declare that it changes something.</exception>
    public static AuditLine Of(HttpContext context) => context.Features.Get<AuditLine>() ?? throw new InvalidOperationException("This endpoint does not declare a change for the audit.");
}
