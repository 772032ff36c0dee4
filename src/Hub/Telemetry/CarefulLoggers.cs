using System.Collections.Concurrent;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>Stands before whatever writes the log. Exceptions pass as <see cref="ToldException"/>, and what frameworks say of the requests that they handle does not pass at all: addresses hold tokens and people.</summary>
internal sealed class CarefulLoggers(LoggerFactory loggers) : ILoggerFactory
{
    // Below a warning these repeat paths, queries, headers and malformed lines; their scopes hold the path.
    private static readonly string[] Talkers = ["Microsoft.AspNetCore", "System.Net.Http"];

    private readonly ConcurrentDictionary<string, ILogger> known = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => known.GetOrAdd(categoryName, name =>
        new CarefulLogger(loggers.CreateLogger(name), Array.Exists(Talkers, talker => name.StartsWith(talker, StringComparison.Ordinal)) ? LogLevel.Warning : LogLevel.Trace));

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose() => loggers.Dispose();

    private sealed class CarefulLogger(ILogger logger, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => least is LogLevel.Trace ? logger.BeginScope(state) : null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= least) logger.Log(logLevel, eventId, state, exception is null ? null : new ToldException(exception), formatter);
        }
    }
}
