using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Accepts origins as browsers send them: scheme, host and port, nothing after it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SegmentOriginsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var wrong = value is IReadOnlyList<string> origins ? origins.Where(origin => !IsOrigin(origin)).ToList() : [];
        return wrong.Count == 0 ? ValidationResult.Success : new ValidationResult($"\"{wrong[0]}\" is not an origin; write scheme, host and port only, for example \"https://www.example.com\"");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase) && uri.UserInfo.Length == 0;
}

/// <summary>Accepts a mapping of event names to standard ones that are read.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SegmentEventNamesAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> names) return ValidationResult.Success;
        var problem = string.Join("; ", names.Where(name => !SegmentEventNames.Read.Contains(name.Value, StringComparer.Ordinal))
            .Select(name => $"maps \"{name.Key}\" to \"{name.Value}\"{SettingsBinder.Suggestion(name.Value, SegmentEventNames.Read)}"));
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}

/// <summary>Accepts a mapping of categories to channels of consent.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SegmentConsentChannelsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> categories) return ValidationResult.Success;
        var problem = string.Join("; ", categories.Where(category => SegmentConsent.Channel(category.Value) is null)
            .Select(category => $"maps \"{category.Key}\" to \"{category.Value}\"; there are: email, sms, phone, post"));
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}
