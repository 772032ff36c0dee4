using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Configuration;

/// <summary>Keeps what is logged: level, event id and text.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    public List<string> All { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        All.Add($"{logLevel} {eventId.Id} {formatter(state, exception)}");
}
