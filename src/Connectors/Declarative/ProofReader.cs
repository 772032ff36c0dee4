using System.Security.Cryptography;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads how a vendor proves itself. There is no way to say that it need not.</summary>
internal sealed class ProofReader(DeclarationErrors errors)
{
    /// <summary>The kinds of proof there are.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["hmac", "token"];

    /// <summary>Hashes by their names in the file.</summary>
    public static readonly IReadOnlyDictionary<string, HashAlgorithmName> Algorithms = new Dictionary<string, HashAlgorithmName>(StringComparer.Ordinal)
    {
        ["sha256"] = HashAlgorithmName.SHA256,
        ["sha512"] = HashAlgorithmName.SHA512,
        ["sha1"] = HashAlgorithmName.SHA1,
    };

    /// <summary>Members of a signature.</summary>
    public static readonly IReadOnlyList<string> HmacMembers = ["header", "algorithm", "encoding", "layout", "prefix", "signed", "toleranceSeconds"];

    private static readonly string[] PlainMembers = ["prefix", "signed"];

    /// <summary>The proofs, the usual one first.</summary>
    public IReadOnlyList<Proof> Read(JObject verify)
    {
        if (errors.One(verify, [.. Kinds, "oneOf"], "a proof") is not { } kind) return [];
        errors.RequireKnown(verify, [.. Kinds, "oneOf"]);
        if (kind.Name != "oneOf") return [.. new[] { Single("", verify) }.OfType<Proof>()];
        if (errors.Object(kind.Value) is not { } choices) return [];
        if (choices.Count < 2) errors.Add(choices, "needs two proofs at least");
        return [.. choices.Properties().Select(choice => errors.Object(choice.Value) is { } body ? Single(choice.Name, body) : null).OfType<Proof>()];
    }

    private Proof? Single(string name, JObject body)
    {
        errors.RequireKnown(body, Kinds);
        if (errors.One(body, Kinds, "a proof") is not { } kind || errors.Object(kind.Value) is not { } members) return null;
        return kind.Name == "hmac" ? Hmac(name, members) : Token(name, members);
    }

    private Proof? Token(string name, JObject body)
    {
        errors.RequireKnown(body, "header");
        var header = Header(body["header"]);
        return body["header"] is not null && header is null ? null : new Proof(name, false, header, secrets => new TokenAuthentication(secrets) { Header = header });
    }

    private Proof? Hmac(string name, JObject body)
    {
        errors.RequireKnown(body, HmacMembers);
        if (body["header"] is null) errors.Missing(body, "header", ": the one that carries the signature");
        var (header, hash, content) = (Header(body["header"]), Algorithm(body["algorithm"]), Content(body["signed"]));
        var encoding = errors.Choice<SignatureEncoding>(body["encoding"]) ?? SignatureEncoding.Hex;
        var layout = errors.Choice<SignatureLayout>(body["layout"]) ?? SignatureLayout.Plain;
        var prefix = body["prefix"] is { } given ? errors.AnyText(given) ?? "" : "";
        foreach (var member in PlainMembers.Where(member => layout is SignatureLayout.Timestamped && body[member] is not null))
            errors.Add(body[member] ?? body, "has no meaning in the timestamped layout, which is t=…,v1=… of {t}.{body}");
        var signsTime = layout is SignatureLayout.Timestamped || content is { SignsTime: true };
        if (body["toleranceSeconds"] is { } unused && !signsTime) errors.Add(unused, "has no meaning: no time is signed");
        var tolerance = TimeSpan.FromSeconds(body["toleranceSeconds"] is { } seconds ? errors.Whole(seconds, 1, 3600) ?? 300 : 300);
        if (header is null || content is null) return null;
        return new Proof(name, true, null, secrets => new HmacAuthentication(secrets)
        {
            Header = header, Hash = hash, Encoding = encoding, Layout = layout, Prefix = prefix, Content = content, Tolerance = tolerance,
        });
    }

    private string? Header(JToken? token)
    {
        if (token is null || errors.Text(token) is not { } name) return null;
        if (name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-')) return name;
        errors.Add(token, "is not the name of a header; take letters, digits and dashes");
        return null;
    }

    private HashAlgorithmName Algorithm(JToken? token)
    {
        if (token is null || errors.Text(token) is not { } name) return HashAlgorithmName.SHA256;
        if (Algorithms.TryGetValue(name, out var hash)) return hash;
        errors.Add(token, $"is not a hash that is known here{SettingsBinder.Suggestion(name, Algorithms.Keys)}");
        return HashAlgorithmName.SHA256;
    }

    private SignedContent? Content(JToken? token)
    {
        if (token is null) return SignedContent.BodyAlone;
        if (errors.Text(token) is not { } template) return null;
        if (SignedContent.Parse(template) is { } content) return content;
        errors.Add(token, "does not say what is signed; write {body} once, and {header:NAME}, {seconds:NAME}, {milliseconds:NAME} or {date:NAME} around it, with one time at most");
        return null;
    }
}
