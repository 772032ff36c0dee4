using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace IntegrationHub.Connectors;

/// <summary>One setting of a connector: a property of its settings record, or declared in a file.</summary>
public sealed record Setting
{
    /// <summary>Name in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>Type of the value, one that <see cref="SettingsBinder"/> reads.</summary>
    public required Type Type { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is never shown, logged or exported.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What the value must keep to.</summary>
    public IReadOnlyList<ValidationAttribute> Rules { get; init; } = [];

    /// <summary>The value that the connector's simulator takes for granted; null where any will do.</summary>
    public string? SimulatedValue { get; init; }

    /// <summary>What it is for; null where the documentation of <see cref="Property"/> says it.</summary>
    public string? Description { get; init; }

    /// <summary>The property; null for a setting that is declared in a file.</summary>
    public PropertyInfo? Property { get; init; }

    /// <summary>The setting that a property is.</summary>
    public static Setting Of(PropertyInfo property) => new()
    {
        Name = SettingsBinder.NameOf(property),
        Type = property.PropertyType,
        IsRequired = SettingsBinder.IsRequired(property),
        IsSecret = property.IsDefined(typeof(SecretAttribute)),
        Rules = [.. property.GetCustomAttributes<ValidationAttribute>()],
        SimulatedValue = property.GetCustomAttribute<SimulatedValueAttribute>()?.Value,
        Property = property,
    };
}
