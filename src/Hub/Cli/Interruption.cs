using System.Runtime.InteropServices;

namespace IntegrationHub.Hub.Cli;

/// <summary>Turns Ctrl+C and SIGTERM into a token, so that a long verb stops where it can go on from.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource stopping;
    private readonly PosixSignalRegistration interrupted;
    private readonly PosixSignalRegistration terminated;

    public Interruption(CancellationToken cancellationToken)
    {
        stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => stopping.Token;

    public void Dispose()
    {
        interrupted.Dispose();
        terminated.Dispose();
        stopping.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopping.Cancel();
    }
}
