using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>One instrument of the <see cref="MetricBook"/>: a sum, a latest value or a histogram for each set of labels.</summary>
internal sealed class MetricPage
{
    /// <summary>Sets of labels at most; what comes beyond them is counted together.</summary>
    public const int MaxSeries = 2000;

    private const string Beyond = "otel_metric_overflow=\"true\"";

    private readonly Lock access = new();
    private readonly Dictionary<string, Series> series = new(StringComparer.Ordinal);
    private readonly Instrument instrument;
    private readonly IReadOnlyList<double>? bounds;
    private readonly string kind;

    public MetricPage(Instrument instrument)
    {
        this.instrument = instrument;
        bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries;
        kind = bounds is not null ? "histogram" : instrument.IsObservable ? "gauge" : "counter";
        Name = NameOf(instrument) + (kind == "counter" ? "_total" : "");
    }

    public string Name { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        lock (access)
        {
            if (!series.TryGetValue(labels, out var found) && (series.Count < MaxSeries || !series.TryGetValue(labels = Beyond, out found)))
                series.Add(labels, found = new Series(bounds?.Count ?? 0));
            found.Add(value, bounds, isLatest: instrument.IsObservable);
        }
    }

    /// <summary>What is looked up anew is forgotten before.</summary>
    public void BeginLook()
    {
        lock (access)
        {
            if (instrument.IsObservable) series.Clear();
        }
    }

    public void Write(StringBuilder text)
    {
        lock (access)
        {
            if (series.Count == 0) return;
            text.Append("# HELP ").Append(Name).Append(' ').Append((instrument.Description ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
            text.Append("# TYPE ").Append(Name).Append(' ').Append(kind).Append('\n');
            foreach (var (labels, found) in series.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                if (bounds is null) Line(text, Name, labels, found.Sum);
                else WriteHistogram(text, labels, found, bounds);
            }
        }
    }

    private void WriteHistogram(StringBuilder text, string labels, Series found, IReadOnlyList<double> upTo)
    {
        var before = labels.Length == 0 ? "" : labels + ",";
        var count = 0L;
        for (var i = 0; i < upTo.Count; i++)
        {
            count += found.Buckets[i];
            Line(text, Name + "_bucket", $"{before}le=\"{Text(upTo[i])}\"", count);
        }
        Line(text, Name + "_bucket", $"{before}le=\"+Inf\"", found.Count);
        Line(text, Name + "_sum", labels, found.Sum);
        Line(text, Name + "_count", labels, found.Count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Text(value)).Append('\n');
    }

    private static string NameOf(Instrument instrument) => instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(name.Replace('.', '_')).Append("=\"").Append($"{value}".Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }
        return text.ToString();
    }

    private sealed class Series(int bounds)
    {
        public long[] Buckets { get; } = new long[bounds];

        public long Count { get; private set; }

        public double Sum { get; private set; }

        public void Add(double value, IReadOnlyList<double>? upTo, bool isLatest)
        {
            Count++;
            Sum = isLatest ? value : Sum + value;
            for (var i = 0; i < upTo?.Count; i++)
            {
                if (value > upTo[i]) continue;
                Buckets[i]++;
                break;
            }
        }
    }
}
