using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors;

/// <summary>Settings that every connection has. A connector adds its own in a sealed record; <see cref="SecretAttribute"/> marks what is never shown.</summary>
public abstract record ConnectorSettings
{
    /// <summary>Country that phone numbers without a country code belong to.</summary>
    /// <value>ISO 3166-1 alpha-2, upper case; null leaves such numbers as they are, and they join nobody.</value>
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "must be two capital letters, for example \"DE\"")]
    public string? DefaultCountry { get; init; }
}

/// <summary>Settings of a connection whose vendor has an API to read from.</summary>
public abstract record ApiSettings : ConnectorSettings
{
    /// <summary>Where the vendor's API is, when not at its usual address: a proxy, or a test.</summary>
    /// <value>An absolute address; null for the vendor's own.</value>
    [RegularExpression("^https?://.+", ErrorMessage = "must be an address, for example \"https://api.vendor.example\"")]
    public string? ApiUrl { get; init; }

    /// <summary>The address of the API: the configured one, or else the vendor's.</summary>
    protected internal Uri ApiAddress(string usual) => new(ApiUrl ?? usual);
}

/// <summary>Marks a setting that is never shown, logged or exported.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>The value that the connector's simulator takes for granted, such as the account that it plays; demos are set up with it.</summary>
/// <param name="value">A text.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SimulatedValueAttribute(string value) : Attribute
{
    /// <summary>The value.</summary>
    public string Value { get; } = value;
}
