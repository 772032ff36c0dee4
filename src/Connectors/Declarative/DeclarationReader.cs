using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads a whole declaration, and collects everything that is wrong with it.</summary>
internal sealed partial class DeclarationReader(string file)
{
    /// <summary>Members of a declaration.</summary>
    public static readonly IReadOnlyList<string> Members =
        ["$schema", "name", "category", "documentation", "settings", "verify", "handshakes", "body", "jsonFields", "batch", "values", "deliveryId", "topic", "defaults", "topics", "simulate"];

    private static readonly string[] Required = ["name", "category", "verify", "topic", "topics"];

    public DeclarationErrors Errors { get; } = new();

    public Declaration? Read(JObject document)
    {
        var key = Path.GetFileName(file) is var name && name.EndsWith(Declaration.FileSuffix, StringComparison.Ordinal) ? name[..^Declaration.FileSuffix.Length] : "";
        if (!Key().IsMatch(key)) Errors.Add(document, $"stands in {name}, which is not the name of a declaration; take lower-case letters, digits and dashes, for example acme{Declaration.FileSuffix}");
        Errors.RequireKnown(document, Members);
        foreach (var required in Required.Where(required => document[required] is null)) Errors.Missing(document, required);
        if (document["$schema"] is { } schema) Errors.Text(schema);
        var settings = DeclaredSetting.Read(Errors.Object(document["settings"]), Errors);
        var proofs = Errors.Object(document["verify"]) is { } verify ? new ProofReader(Errors).Read(verify) : [];
        if (proofs.Count > 1) settings = [.. settings, ProofSetting(proofs)];
        return Compose(document, key, settings, proofs);
    }

    private Declaration? Compose(JObject document, string key, IReadOnlyList<DeclaredSetting> settings, IReadOnlyList<Proof> proofs)
    {
        var identity = Identity(document);
        var format = BodyFormat.Read(document["body"], document["jsonFields"], Errors);
        string[] secret = [.. proofs.Select(proof => proof.SecretHeader).OfType<string>()];
        var expressions = new ExpressionReader(Errors, settings) { Forbidden = secret };
        if (Errors.Object(document["values"]) is { } values) expressions.Name(values);
        var batch = document["batch"] is { } list ? expressions.Path(list) : null;
        var topic = document["topic"] is { } told ? expressions.Read(told) : null;
        var topics = Topics(document, expressions);
        CheckTopics(topic, topics);
        // A header that only tells deliveries apart is not kept: this is read last.
        IReadOnlyList<string> headers = [.. expressions.Headers];
        var deliveryId = document["deliveryId"] is { } id ? expressions.Read(id) : null;
        var simulated = SimulatedBody.Read(document["simulate"], format, Errors);
        var handshakes = HandshakeReader.Read(document["handshakes"], Errors);
        if (topic is null || Errors.All.Count > 0) return null;
        return new Declaration(new DeclarationRules
        {
            Proofs = proofs, Settings = settings, Handshakes = handshakes, Format = format, Batch = batch, DeliveryId = deliveryId,
            Topic = topic, Topics = topics, Values = expressions.Values, Headers = headers, Simulated = simulated,
        })
        {
            Key = key, Name = identity.Name, Category = identity.Category, Documentation = identity.Documentation, File = file, Version = VersionOf(document),
        };
    }

    private (string Name, ConnectorCategory Category, Uri? Documentation) Identity(JObject document)
    {
        var (name, category) = (Errors.Text(document["name"]) ?? "", Errors.Choice<ConnectorCategory>(document["category"]) ?? default);
        Uri? address = null;
        if (document["documentation"] is { } given && Errors.Text(given) is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "https" or "http"))
            Errors.Add(given, "is not an absolute https or http address");
        return (name, category, address);
    }

    private IReadOnlyList<DeclaredTopic> Topics(JObject document, ExpressionReader expressions)
    {
        var reader = new TopicReader(expressions, Errors.Object(document["defaults"]));
        if (Errors.Object(document["topics"]) is not { } topics) return [];
        var read = reader.Read(topics);
        if (read.All(topic => topic.Ignored is not null)) Errors.Add(topics, "tells no event at all");
        return read;
    }

    // A fixed topic that is not listed would leave every delivery ignored.
    private void CheckTopics(Expression? topic, IReadOnlyList<DeclaredTopic> topics)
    {
        foreach (var given in topic?.Given.Where(given => topics.All(known => known.Name != given.Text)) ?? [])
            Errors.Add(given.At, $"is not among the topics{SettingsBinder.Suggestion(given.Text, topics.Select(known => known.Name))}");
    }

    private static DeclaredSetting ProofSetting(IReadOnlyList<Proof> proofs)
    {
        var names = proofs.Select(proof => proof.Name).ToList();
        return new DeclaredSetting(
            new Setting { Name = DeclaredSetting.Proof, Type = typeof(string), Description = $"How the sender proves itself: {string.Join(", ", names)}. {names[0]} when it is left out.", Rules = [DeclaredSetting.Choice(names)] },
            names[0]);
    }

    private static string VersionOf(JObject document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.ToString(Formatting.None))))[..16];

    [GeneratedRegex("^[a-z][a-z0-9-]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
