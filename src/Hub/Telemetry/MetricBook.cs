using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>What the instruments of this hub have measured since its start, to be written down whenever somebody asks.</summary>
internal sealed class MetricBook : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricPage> pages = new();
    private readonly Lock writing = new();

    public MetricBook(Signals signals)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, signals.Meter)) listening.EnableMeasurementEvents(instrument, pages.GetOrAdd(instrument, static found => new MetricPage(found)));
        };
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, page) => (page as MetricPage)?.Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, page) => (page as MetricPage)?.Record(value, tags));
        listener.Start();
    }

    /// <summary>All of it in the text format of Prometheus, version 0.0.4.</summary>
    public string Write()
    {
        lock (writing)
        {
            foreach (var page in pages.Values) page.BeginLook();
            listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var page in pages.Values.OrderBy(page => page.Name, StringComparer.Ordinal)) page.Write(text);
            return text.ToString();
        }
    }

    public void Dispose() => listener.Dispose();
}
