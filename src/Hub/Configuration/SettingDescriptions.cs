using System.Reflection;
using System.Xml.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>What the XML documentation beside an assembly says about its properties. Without such a file there are no descriptions.</summary>
internal sealed class SettingDescriptions
{
    private readonly Dictionary<Assembly, Dictionary<string, string>> byAssembly = [];

    /// <summary>Summary and value of a property in one line, or null.</summary>
    public string? Of(PropertyInfo property)
    {
        if (property.DeclaringType is not { } type) return null;
        if (!byAssembly.TryGetValue(type.Assembly, out var descriptions)) byAssembly[type.Assembly] = descriptions = Read(type.Assembly);
        return descriptions.GetValueOrDefault($"P:{type.FullName?.Replace('+', '.')}.{property.Name}");
    }

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        if (!File.Exists(file)) return [];
        return XDocument.Load(file).Descendants("member")
            .Where(member => member.Attribute("name")?.Value.StartsWith("P:", StringComparison.Ordinal) is true)
            .ToDictionary(member => member.Attribute("name")?.Value ?? "", Describe, StringComparer.Ordinal);
    }

    private static string Describe(XElement member)
    {
        foreach (var see in member.Descendants("see").Where(see => see.Attribute("cref") is not null).ToList())
            see.ReplaceWith(new XText(NameOf(see.Attribute("cref")?.Value ?? "")));
        var words = member.Elements().Where(element => element.Name.LocalName is "summary" or "value")
            .SelectMany(element => element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return string.Join(' ', words);
    }

    // Properties and enum values are written in camel case in the file.
    private static string NameOf(string reference)
    {
        var name = reference.Split('(')[0].Split('.', ':')[^1];
        return reference.StartsWith("P:", StringComparison.Ordinal) || reference.StartsWith("F:", StringComparison.Ordinal) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
    }
}
