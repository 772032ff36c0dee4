using System.Text;
using System.Xml.Linq;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>The leaves of an XML body: elements without children, and attributes; each with changed copies of the whole body.</summary>
internal static class XmlLeaves
{
    public static IEnumerable<(string Path, IEnumerable<byte[]> Changed)> Of(byte[] body)
    {
        var original = Read(body);
        var elements = original.Descendants().ToList();
        for (var i = 0; i < elements.Count; i++)
        {
            var position = i;
            foreach (var attribute in Told(elements[i]))
            {
                var name = attribute.Name;
                yield return ($"{PathOf(elements[i])}@{name.LocalName}", Change(body, attribute.Value, (document, value) => document.Descendants().ElementAt(position).SetAttributeValue(name, value)));
            }
            if (!elements[i].HasElements) yield return (PathOf(elements[i]), Change(body, elements[i].Value, (document, value) => Set(document.Descendants().ElementAt(position), value)));
        }
    }

    /// <summary>Copies in which a leaf holds something else: these texts, or another element.</summary>
    public static IEnumerable<byte[]> WithWrongTypes(byte[] body, IReadOnlyList<string> texts)
    {
        var count = Read(body).Descendants().Count();
        for (var i = 0; i < count; i++)
        {
            var position = i;
            foreach (var text in texts) yield return Changed(body, document => document.Descendants().ElementAt(position).ReplaceNodes(new XText(text)));
            yield return Changed(body, document => document.Descendants().ElementAt(position).ReplaceNodes(new XElement("nested", "x")));
            yield return Changed(body, document => document.Descendants().ElementAt(position).ReplaceAttributes());
        }
    }

    /// <summary>Documents that want something fetched, or expanded without end, or are simply too much.</summary>
    public static IEnumerable<byte[]> Traps(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        var root = text.IndexOf('<', text.IndexOf("?>", StringComparison.Ordinal) is var end and >= 0 ? end : 0);
        string[] types =
        [
            "<!DOCTYPE a>",
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;\"><!ENTITY z \"&y;&y;&y;&y;&y;&y;&y;&y;&y;&y;\">]>",
            "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;]>",
        ];
        foreach (var type in types) yield return Encoding.UTF8.GetBytes(text.Insert(root, type));
        yield return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 200_000)));
        yield return Encoding.UTF8.GetBytes($"<a>{string.Concat(Enumerable.Repeat("<b/>", 400_000))}</a>");
        yield return Encoding.UTF8.GetBytes($"<a {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}='' "))}/>");
    }

    private static IEnumerable<byte[]> Change(byte[] body, string value, Action<XDocument, string> set) =>
        new[] { value + "x", "" }.Where(change => change != value).Select(change => Changed(body, document => set(document, change)));

    private static byte[] Changed(byte[] body, Action<XDocument> change)
    {
        var document = Read(body);
        change(document);
        return Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));
    }

    private static void Set(XElement element, string value) => element.Value = value;

    private static XDocument Read(byte[] body) => XDocument.Parse(Encoding.UTF8.GetString(body), LoadOptions.PreserveWhitespace);

    private static IEnumerable<XAttribute> Told(XElement element) => element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration);

    private static string PathOf(XElement element)
    {
        if (element.Parent is not { } parent) return $"$.{element.Name.LocalName}";
        var same = parent.Elements().Where(other => other.Name.LocalName == element.Name.LocalName).ToList();
        return same.Count > 1 ? $"{PathOf(parent)}.{element.Name.LocalName}[{same.IndexOf(element)}]" : $"{PathOf(parent)}.{element.Name.LocalName}";
    }
}
