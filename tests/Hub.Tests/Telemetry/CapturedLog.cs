using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>All that a hub logs: texts, values, scopes and exceptions, as a console that shows everything would.</summary>
internal sealed class CapturedLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> lines = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    /// <summary>Settings with which everybody logs all that they can.</summary>
    public static string[] Loudest { get; } = [.. new[] { "Default", "Microsoft", "MassTransit", "Quartz", "IntegrationHub" }.Select(category => $"--Logging:LogLevel:{category}=Trace"), "--Logging:LogLevel:MassTransit.ReceiveTransport=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace"];

    public IReadOnlyCollection<string> Lines => lines;

    public string Text => string.Join('\n', lines);

    public void Capture(WebApplicationBuilder builder) => builder.Logging.AddProvider(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // What was captured outlives the hub.
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder($"{logLevel} {category} {eventId.Id} {formatter(state, exception)} {exception}");
            if (state is IEnumerable<KeyValuePair<string, object?>> values) line.AppendJoin(' ', values);
            log.scopes.ForEachScope((scope, into) => into.Append(' ').Append(scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : scope), line);
            log.lines.Enqueue(line.ToString());
        }
    }
}
