namespace IntegrationHub.Connectors;

/// <summary>Declares a class to be a connector. The class takes its settings record in its only constructor.</summary>
/// <param name="key">Key in <c>connectors.json</c>: lower-case letters, digits and dashes; unique; the folder's name in lower case, dashes aside.</param>
/// <param name="name">The vendor's name as people write it.</param>
/// <param name="category">What kind of tool it is.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConnectorAttribute(string key, string name, ConnectorCategory category) : Attribute
{
    /// <summary>Key in <c>connectors.json</c>.</summary>
    public string Key { get; } = key;

    /// <summary>The vendor's name.</summary>
    public string Name { get; } = name;

    /// <summary>Kind of tool.</summary>
    public ConnectorCategory Category { get; } = category;

    /// <summary>Path at the root of the host, for example <c>/hooks/test</c>, where the vendor looks for somebody before it takes a webhook's address.</summary>
    /// <value>A POST there is answered with an empty 200, and its body is not read. Null when the vendor does nothing of the kind.</value>
    public string? ProbePath { get; init; }
}

/// <summary>Kinds of tools.</summary>
public enum ConnectorCategory
{
    /// <summary>Shops.</summary>
    Ecommerce,

    /// <summary>Payments and billing.</summary>
    Payment,

    /// <summary>Forms, surveys and quizzes.</summary>
    Forms,

    /// <summary>Landing pages and lead generation.</summary>
    LeadGeneration,

    /// <summary>E-mail and marketing automation.</summary>
    Email,

    /// <summary>Accounting and invoicing.</summary>
    Accounting,

    /// <summary>Scheduling, events and classes.</summary>
    Scheduling,

    /// <summary>Customer relationship management.</summary>
    Crm,

    /// <summary>The business's own website and apps.</summary>
    Website,
}
