using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors;

/// <summary>Accepts time zones that this system knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IanaTimeZoneAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is null || (value is string name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _));

    public override string FormatErrorMessage(string name) => "is no time zone that is known here; write an IANA name, for example \"America/Chicago\"";
}
