using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors;

/// <summary>Each secret of the setting must be an ECDSA key. Marks the setting, so that demos give it a key and not just any text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EcdsaKeysAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is not Secrets keys || keys.All(key => EcdsaKey.TryParse(key) is not null)
            ? ValidationResult.Success
            : new ValidationResult("is not a key for ECDSA; copy the verification key as the vendor shows it: one line of base64, beginning MF");
}
