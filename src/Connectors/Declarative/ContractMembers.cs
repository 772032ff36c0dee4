using System.Reflection;
using System.Runtime.CompilerServices;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>What a declaration can say about a contract: its members but the envelope, which the kit stamps.</summary>
internal static class ContractMembers
{
    private static readonly string[] Envelope =
        [nameof(ContactEvent.EventId), nameof(ContactEvent.Connection), nameof(ContactEvent.Connector), nameof(ContactEvent.ReceivedAt), nameof(ContactEvent.OccurredAt), nameof(ContactEvent.TimeBasis)];

    /// <summary>The members of a record, a derived one's own first.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null && !Envelope.Contains(property.Name, StringComparer.Ordinal))];

    /// <summary>Whether a member must be said.</summary>
    public static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    public static string NameOf(PropertyInfo property) => DeclarationErrors.Camel(property.Name);

    /// <summary>What the items of a list are; null when the type is no list.</summary>
    public static Type? ItemOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    public static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
