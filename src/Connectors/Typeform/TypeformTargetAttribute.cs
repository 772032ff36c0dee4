using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Every value of the map must be a target that is known.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TypeformTargetAttribute : ValidationAttribute
{
    /// <summary>Whether consent is among the targets.</summary>
    public bool Consent { get; init; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> map) return ValidationResult.Success;
        var wrong = map.Where(entry => !TypeformTargets.IsKnown(entry.Value, Consent))
            .Select(entry => $"\"{entry.Key}\": \"{entry.Value}\" is not a target{SettingsBinder.Suggestion(entry.Value, TypeformTargets.Names(Consent))}")
            .ToList();
        return wrong.Count == 0 ? ValidationResult.Success : new ValidationResult(string.Join("; ", wrong));
    }
}
