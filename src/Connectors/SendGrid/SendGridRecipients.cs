using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>Whom an event is about: the address, and what the configured custom arguments say. SendGrid knows no person.</summary>
internal sealed class SendGridRecipients(IReadOnlyDictionary<string, string> arguments)
{
    private const string User = "user";
    private const string Custom = "custom.";

    /// <summary>Whether an argument can be mapped to this.</summary>
    public static bool IsTarget(string target) => target is User || (target.StartsWith(Custom, StringComparison.Ordinal) && target.Length > Custom.Length);

    /// <summary>The recipient of an event. Custom arguments lie flat beside SendGrid's own members.</summary>
    public Person Of(Payload told)
    {
        List<Identifier> identifiers = [Identifier.Email(told["email"].RequiredText())];
        Dictionary<string, string> custom = new(StringComparer.Ordinal);
        foreach (var (name, target) in arguments)
        {
            if (told[name] is not { IsList: false, IsObject: false } argument || argument.Scalar() is not { } value) continue;
            if (target is User) identifiers.Add(Identifier.User(value));
            else custom.TryAdd(target[Custom.Length..], value);
        }
        return new Person { Identifiers = identifiers, Custom = custom };
    }
}
