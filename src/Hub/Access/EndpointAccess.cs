namespace IntegrationHub.Hub.Access;

/// <summary>Who may call an endpoint. It is declared where the endpoint is mapped.</summary>
/// <param name="Role">The least role; null for anybody, without a key.</param>
internal sealed record EndpointAccess(Role? Role);

/// <summary>Declares who may call an endpoint.</summary>
internal static class EndpointAccessSetup
{
    public static T Needs<T>(this T endpoint, Role role)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new EndpointAccess(role));

    public static T NeedsNoKey<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new EndpointAccess((Role?)null));
}
