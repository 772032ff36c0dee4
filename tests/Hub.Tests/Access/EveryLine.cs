using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>Keeps all that is logged, at every level, with its scopes.</summary>
internal sealed class EveryLine : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Writer(EveryLine owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{logLevel} {category} {formatter(state, exception)} {exception}";
            owner.scopes.ForEachScope((scope, _) => line += $" [{scope}]", 0);
            owner.Lines.Enqueue(line);
        }
    }
}
