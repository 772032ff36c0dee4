using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Settings of one Calendly webhook subscription.</summary>
public sealed record CalendlySettings : ConnectorSettings
{
    /// <summary>The <c>signing_key</c> given when the subscription was made, or the OAuth app's key. Without one Calendly signs nothing.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>Which answer tells what about the person: question as shown (case aside), or a routing question's uuid → field, for example <c>company</c> or <c>custom.team_size</c>.</summary>
    /// <value>Default: none. Calendly's own fields win over answers.</value>
    [QuestionFields]
    public IReadOnlyDictionary<string, string> Questions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What becomes of the payment of a booking.</summary>
    /// <value>Default: <see cref="CalendlyPayments.Orders"/>.</value>
    public CalendlyPayments Payments { get; init; }
}

/// <summary>What becomes of the payment of a booking.</summary>
public enum CalendlyPayments
{
    /// <summary>It is an order and its payment.</summary>
    Orders,

    /// <summary>Nothing: the payment provider is connected too, and tells it itself.</summary>
    ToldElsewhere,
}

/// <summary>Each value must name a field that an answer can fill.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QuestionFieldsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> questions) return ValidationResult.Success;
        foreach (var (question, field) in questions)
        {
            if (!AnswerFields.IsKnown(field))
                return new ValidationResult($"sends the answer to \"{question}\" to \"{field}\", which is not a field{SettingsBinder.Suggestion(field, AnswerFields.Names)}; or write custom.<name>");
        }
        return ValidationResult.Success;
    }
}
