using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Fields of the organization's own on contacts and leads, by what the settings say that they mean.</summary>
internal sealed class SalesforceFields(IReadOnlyDictionary<string, string> meanings)
{
    private const string User = "user";
    private const string Custom = "custom.";

    /// <summary>What a field can mean besides <c>custom.&lt;name&gt;</c>.</summary>
    public static IEnumerable<string> Targets { get; } = [User, "utm.source", "utm.medium", "utm.campaign", "utm.term", "utm.content"];

    /// <summary>Names of all of them.</summary>
    public IEnumerable<string> Names => meanings.Keys;

    /// <summary>Whether a field can be mapped to this.</summary>
    public static bool IsTarget(string target) => Targets.Contains(target, StringComparer.Ordinal) || IsCustom(target);

    /// <summary>The business's own user ids that a record tells.</summary>
    public IEnumerable<Identifier> Users(SalesforceRecord record) => Told(record).Where(told => told.Meaning == User).Select(told => Identifier.User(told.Value));

    /// <summary>Custom fields that a record tells.</summary>
    public IEnumerable<(string Name, string Value)> Customs(SalesforceRecord record) => Told(record).Where(told => IsCustom(told.Meaning)).Select(told => (told.Meaning[Custom.Length..], told.Value));

    /// <summary>The campaign that a record tells by fields of the organization's own; null when it tells none.</summary>
    public Attribution? Campaign(SalesforceRecord record)
    {
        var told = Told(record).ToLookup(field => field.Meaning.Replace('.', '_'), field => field.Value, StringComparer.Ordinal);
        return UtmParameters.Of(name => told[name].FirstOrDefault());
    }

    private static bool IsCustom(string target) => target.StartsWith(Custom, StringComparison.Ordinal) && target.Length > Custom.Length;

    private IEnumerable<(string Meaning, string Value)> Told(SalesforceRecord record)
    {
        foreach (var (name, meaning) in meanings)
        {
            if (record.Text(name) is { } value) yield return (meaning, value);
        }
    }
}

/// <summary>Accepts a mapping of fields to what <see cref="SalesforceFields"/> can fill.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SalesforceFieldsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> fields) return ValidationResult.Success;
        var problem = string.Join("; ", fields.SelectMany(field => Problems(field.Key, field.Value)));
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }

    // A name becomes part of a query.
    private static IEnumerable<string> Problems(string name, string meaning)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')) yield return $"\"{name}\" is not the API name of a field, which is letters, digits and underscores";
        if (!SalesforceFields.IsTarget(meaning)) yield return $"maps \"{name}\" to \"{meaning}\", which is neither custom.<name> nor a meaning{SettingsBinder.Suggestion(meaning, SalesforceFields.Targets)}";
    }
}
