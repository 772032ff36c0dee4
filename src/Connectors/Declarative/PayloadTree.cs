using System.Globalization;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>A payload as a tree that JSONPath can search. It serves to find; what is found is read from the payload itself.</summary>
internal static class PayloadTree
{
    public static JToken Of(Payload payload)
    {
        JToken token = payload switch
        {
            { IsObject: true } => OfMembers(payload),
            { IsList: true } => new JArray(payload.Items().Select(Of)),
            { Exists: false } => JValue.CreateNull(),
            { IsText: true } => new JValue(payload.Text()),
            _ => OfScalar(payload.Scalar() ?? ""),
        };
        token.AddAnnotation(payload);
        return token;
    }

    /// <summary>The payload that a token was made of.</summary>
    public static Payload? Found(JToken token) => token.Annotation<Payload>();

    private static JObject OfMembers(Payload payload)
    {
        var map = new JObject();
        foreach (var (name, value) in payload.Members()) map[name] = Of(value);
        return map;
    }

    private static JValue OfScalar(string written)
    {
        if (written is "true" or "false") return new JValue(written == "true");
        if (long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return new JValue(whole);
        return decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new JValue(number)
            : new JValue(double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
