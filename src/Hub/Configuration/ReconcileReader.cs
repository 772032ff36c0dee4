using System.Globalization;
using System.Text.RegularExpressions;
using IntegrationHub.Connectors;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reads the member <c>reconcile</c> of a connection: <c>{"every": "1h", "overlap": "10m"}</c> or <c>"off"</c>.</summary>
internal sealed partial class ReconcileReader(Variables variables, Findings findings)
{
    private const string Off = "off";
    private static readonly string[] Members = ["every", "overlap"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>JSON Schema of the member.</summary>
    public const string Schema = """
        {"anyOf": [
           {"enum": ["off"]},
           {"type": "string", "pattern": "\\$\\{"},
           {"type": "object", "additionalProperties": false, "properties": {
              "every": {"type": "string", "pattern": "^[0-9]+[smhd]$|^off$|\\$\\{", "default": "1h", "description": "Time between two runs, 1m to 7d, or off."},
              "overlap": {"type": "string", "pattern": "^[0-9]+[smhd]$|\\$\\{", "default": "10m", "description": "How far each run reaches back behind the one before, 0m to 7d."}}}],
         "description": "How often the vendor's API is read for what webhooks missed; off to leave it out. Only for connections with a key to the API."}
        """;

    /// <param name="token">The member; null when there is none.</param>
    /// <param name="connector">Null when it is not known which one it is.</param>
    /// <param name="enabled">Whether unset variables are errors.</param>
    public ReconcileSchedule Read(JToken? token, ConnectorDescription? connector, bool enabled)
    {
        if (token is null) return ReconcileSchedule.Usual;
        if (connector is { ReadsHistory: false })
            findings.Add(token, $"is for connectors that can read history, and {connector.Key} can't; leave it out");
        if (!variables.Resolve(token, enabled)) return ReconcileSchedule.Usual;
        if (token is JValue { Value: Off }) return ReconcileSchedule.Usual with { Every = null };
        if (token is JObject body) return Read(body);
        findings.Add(token, """is neither "off" nor an object; write {"every": "1h", "overlap": "10m"}""");
        return ReconcileSchedule.Usual;
    }

    private ReconcileSchedule Read(JObject body)
    {
        findings.RequireKnown(body, Members);
        var usual = ReconcileSchedule.Usual;
        return new ReconcileSchedule(
            body["every"] is JValue { Value: Off } ? null : Duration(body["every"], TimeSpan.FromMinutes(1), "is not a duration from 1m to 7d such as 15m, 1h or 1d; nor \"off\"") ?? usual.Every,
            Duration(body["overlap"], TimeSpan.Zero, "is not a duration from 0m to 7d such as 90s, 10m or 1h") ?? usual.Overlap);
    }

    private TimeSpan? Duration(JToken? token, TimeSpan shortest, string problem)
    {
        if (token is null) return null;
        if (token is JValue { Value: string text } && Parse(text) is { } duration && duration >= shortest && duration <= Longest) return duration;
        findings.Add(token, problem);
        return null;
    }

    private static TimeSpan? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match) return null;
        var number = long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,6})(?<unit>[smhd])\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Form();
}
