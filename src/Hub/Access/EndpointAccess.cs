namespace IntegrationHub.Hub.Access;

/// <summary>Who may call an endpoint. It is declared where the endpoint is mapped.</summary>
/// <param name="Role">The least role; null for anybody, without a key.</param>
/// <param name="Change">What the audit calls that which it changes; null where it changes nothing, or writes the audit itself.</param>
/// <param name="WritesAudit">Whether it writes the audit itself, together with the change.</param>
internal sealed record EndpointAccess(Role? Role, string? Change = null, bool WritesAudit = false);

/// <summary>Declares who may call an endpoint.</summary>
internal static class EndpointAccessSetup
{
    /// <param name="change">What the audit calls that which it changes; left out where it changes nothing.</param>
    public static T Needs<T>(this T endpoint, Role role, string? change = null)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new EndpointAccess(role, change));

    /// <summary>For an endpoint that writes the audit itself, in one transaction with what it changes.</summary>
    public static T NeedsAndAudits<T>(this T endpoint, Role role)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new EndpointAccess(role, WritesAudit: true));

    public static T NeedsNoKey<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new EndpointAccess((Role?)null));
}
