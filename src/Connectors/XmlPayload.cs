using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace IntegrationHub.Connectors;

/// <summary>
/// The only door to XML: a read-only view of one element with typed reads. Names are looked up without their namespace. Absent, blank and <c>xsi:nil</c> are one and the
/// same, unknown, and read as null; a value of the wrong type is an error that names its path. Documents with a DTD are refused, so that no entity is ever expanded or fetched.
/// </summary>
public sealed class XmlPayload
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most elements and attributes that are read.</summary>
    public const int MaxNodes = 200_000;

    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private readonly List<XmlPayload> children = [];
    // How many children there are of each name: a path must not cost a look at all of them.
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> attributes = new(StringComparer.Ordinal);
    private readonly StringBuilder text = new();
    private readonly XmlPayload? parent;
    private readonly bool isThere;
    private int position;

    private XmlPayload(string name, XmlPayload? parent, bool isThere)
    {
        Name = name;
        this.parent = parent;
        this.isThere = isThere;
    }

    /// <summary>Reads a body: the document, whose one element is found by its name.</summary>
    /// <exception cref="PayloadException">It is not UTF-8, not XML, has a DTD, is nested too deep, or has too many elements.</exception>
    public static XmlPayload Parse(ReadOnlyMemory<byte> body)
    {
        var utf8 = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (!Utf8.IsValid(utf8.Span)) throw new PayloadException("$", "is not UTF-8");
        try
        {
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(utf8.Span)), Settings);
            return Read(reader);
        }
        catch (XmlException exception)
        {
            // Of these two no place is told.
            throw new PayloadException("$", exception.LineNumber == 0 ? "is empty, or has a DTD, which is not read" : $"is not XML that can be read: line {exception.LineNumber}, character {exception.LinePosition}");
        }
    }

    /// <summary>The element's name without its namespace; <c>$</c> for the document.</summary>
    public string Name { get; }

    /// <summary>Where this element stands, for example <c>$.Envelope.Body.Notification[1].Id</c>; counted where there are several of one name.</summary>
    public string Path
    {
        get
        {
            if (parent is null) return Name;
            return parent.counts.GetValueOrDefault(Name) > 1 ? $"{parent.Path}.{Name}[{position}]" : $"{parent.Path}.{Name}";
        }
    }

    /// <summary>Whether there is such an element, and it is not <c>xsi:nil</c>.</summary>
    public bool Exists => isThere && Attribute("nil") is not ("true" or "1");

    /// <summary>The first child of this name; unknown when there is none.</summary>
    public XmlPayload this[string name] => children.Find(child => child.Name == name) ?? new XmlPayload(name, this, isThere: false);

    /// <summary>The children in the order sent; none when there is no such element.</summary>
    public IReadOnlyList<XmlPayload> Children() => children;

    /// <summary>The children of this name in the order sent.</summary>
    public IReadOnlyList<XmlPayload> Items(string name) => children.FindAll(child => child.Name == name);

    /// <summary>An attribute by its name without namespace, trimmed; null when absent or blank.</summary>
    public string? Attribute(string name) => attributes.TryGetValue(name, out var value) ? PayloadText.Clean(value) : null;

    /// <summary>The text, trimmed; null when unknown or blank.</summary>
    /// <exception cref="PayloadException">It holds elements.</exception>
    public string? Text()
    {
        if (!Exists) return null;
        return children.Count == 0 ? PayloadText.Clean(text.ToString()) : throw Not("a text");
    }

    /// <summary>A text that must be there.</summary>
    public string RequiredText() => Text() ?? throw Missing();

    /// <summary>A decimal number.</summary>
    public decimal? Decimal() => Text() is { } value ? PayloadText.Decimal(value, Path) : null;

    /// <summary>A whole number.</summary>
    public long? Integer() => Text() is { } value ? PayloadText.Integer(value, Path) : null;

    /// <summary>True or false; 1 or 0 will do.</summary>
    public bool? Flag() => Text() switch
    {
        null => null,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Not("true or false"),
    };

    /// <summary>An ISO 8601 time with a zone, in UTC, from 1970 to 2200.</summary>
    public DateTimeOffset? Time() => Text() is { } value ? PayloadText.Time(value, Path) : null;

    /// <summary>A calendar date <c>yyyy-MM-dd</c>.</summary>
    public DateOnly? Date() => Text() is { } value ? PayloadText.Date(value, Path) : null;

    /// <summary>The error that something which must be there is not.</summary>
    public PayloadException Missing() => new(Path, "is missing");

    /// <summary>The error that the value is not what it should be.</summary>
    public PayloadException Not(string expected) => new(Path, $"is not {expected}");

    private static XmlPayload Read(XmlReader reader)
    {
        var document = new XmlPayload("$", null, isThere: true);
        var (current, nodes) = (document, 0);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth >= MaxDepth) throw new PayloadException("$", $"is nested deeper than {MaxDepth}");
                    if ((nodes += 1 + reader.AttributeCount) > MaxNodes) throw new PayloadException("$", $"has more than {MaxNodes} elements and attributes");
                    var element = new XmlPayload(reader.LocalName, current, isThere: true);
                    current.Add(element);
                    if (!reader.IsEmptyElement) current = element;
                    element.ReadAttributes(reader);
                    break;
                case XmlNodeType.EndElement:
                    current = current.parent ?? document;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    current.text.Append(reader.Value);
                    break;
            }
        }
        return document;
    }

    private void Add(XmlPayload child)
    {
        child.position = counts.GetValueOrDefault(child.Name);
        counts[child.Name] = child.position + 1;
        children.Add(child);
    }

    // Of two attributes of one name in several namespaces that of the schema instance counts: type and nil are its own.
    private void ReadAttributes(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix == "xmlns" || reader.Name == "xmlns") continue;
            if (reader.NamespaceURI == Instance) attributes[reader.LocalName] = reader.Value;
            else attributes.TryAdd(reader.LocalName, reader.Value);
        }
    }
}
