using System.Diagnostics;
using OpenTelemetry;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>Stands before the export and lets of a framework's span pass what is known to be harmless. Addresses hold tokens and ids, messages of exceptions hold anything.</summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    private const string MessageTag = "exception.message";
    private const string Hidden = "(not told)";

    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.route", "http.response.status_code", "http.request.resend_count", "server.address", "server.port", "network.protocol.version", "error.type",
    };

    /// <summary>Sources of frameworks whose spans are exported, after this processor.</summary>
    public static IReadOnlyList<string> Frameworks { get; } = ["Microsoft.AspNetCore", "System.Net.Http"];

    /// <summary>Has the exceptions that frameworks put on their spans told by type and place alone.</summary>
    public static ActivityListener ListenToExceptions()
    {
        var listener = new ActivityListener { ShouldListenTo = source => Frameworks.Contains(source.Name, StringComparer.Ordinal), ExceptionRecorder = Record };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == Signals.Name) return;
        foreach (var tag in data.TagObjects.Select(tag => tag.Key).Where(tag => !Harmless.Contains(tag)).ToList()) data.SetTag(tag, null);
        data.SetStatus(data.Status);
        // Events can't be taken off a span: one that tells something else does not leave at all.
        if (data.Events.Any(told => !told.Tags.Any(tag => tag.Key == MessageTag && Hidden.Equals(tag.Value)))) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    private static void Record(Activity activity, Exception exception, ref TagList tags)
    {
        tags.Add(MessageTag, Hidden);
        tags.Add("exception.stacktrace", exception.StackTrace ?? "");
    }
}
