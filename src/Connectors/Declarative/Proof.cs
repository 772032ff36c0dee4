namespace IntegrationHub.Connectors.Declarative;

/// <summary>A way in which a vendor proves itself.</summary>
/// <param name="Name">Its name, where the connection chooses among several; else blank.</param>
/// <param name="IsSignature">Whether it signs.</param>
/// <param name="SecretHeader">The header that carries the secret itself; null when none does.</param>
/// <param name="With">The check with a connection's secrets.</param>
internal sealed record Proof(string Name, bool IsSignature, string? SecretHeader, Func<Secrets, WebhookAuthentication> With);
