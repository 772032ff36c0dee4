using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>The fields of a sample that is a form, urlencoded or multipart, and its body with one of them changed. Reads by itself, without the kit.</summary>
internal sealed partial class FormBody
{
    private readonly Func<IEnumerable<FormField>, string> write;

    private FormBody(IReadOnlyList<FormField> fields, Func<IEnumerable<FormField>, string> write)
    {
        Fields = fields;
        this.write = write;
    }

    public IReadOnlyList<FormField> Fields { get; }

    public static FormBody? Read(SampleCase sample)
    {
        if (!sample.IsForm) return null;
        var body = Encoding.UTF8.GetString(sample.Body);
        return sample.Boundary is { } boundary ? Multipart(body, boundary) : Urlencoded(body);
    }

    /// <summary>The whole body, with another value in one field.</summary>
    public byte[] With(FormField changed, string value) =>
        Encoding.UTF8.GetBytes(write(Fields.Select(field => field.Position == changed.Position ? field with { Value = value } : field)));

    private static FormBody Urlencoded(string body)
    {
        var fields = body.Split('&').Select((pair, position) => new FormField(position, Decoded(pair.Split('=', 2)[0]), Decoded(pair.Split('=', 2)[1])));
        return new([.. fields], all => string.Join('&', all.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));
    }

    private static FormBody Multipart(string body, string boundary)
    {
        var fields = body.Split("--" + boundary).Skip(1).TakeWhile(part => !part.StartsWith("--", StringComparison.Ordinal))
            .Select((part, position) => new FormField(position, Name().Match(part).Groups[1].Value, part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..^2]));
        return new([.. fields], all => string.Concat(all.Select(field => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n")) + $"--{boundary}--\r\n");
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    [GeneratedRegex("name=\"(.*?)\"")]
    private static partial Regex Name();
}

/// <summary>A field of a form.</summary>
internal sealed record FormField(int Position, string Name, string Value);
