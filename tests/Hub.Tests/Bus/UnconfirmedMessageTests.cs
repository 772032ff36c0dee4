using System.Reflection;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;
using IBusControl = MassTransit.IBusControl;
using IPublishEndpoint = MassTransit.IPublishEndpoint;

namespace IntegrationHub.Hub.Tests.Bus;

/// <summary>A transport that never says what became of a message.</summary>
public sealed class UnconfirmedMessageTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task Message_that_is_not_confirmed_in_time_is_given_up()
    {
        var publishing = PublishAsync(_ => new TaskCompletionSource().Task);
        time.Advance(MassTransitBus.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(publishing.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<BusException>(() => publishing);
    }

    [Fact]
    public Task Transport_that_stops_does_not_look_as_if_the_hub_did() =>
        Assert.ThrowsAsync<BusException>(() => PublishAsync(_ => Task.FromCanceled(new CancellationToken(canceled: true))));

    [Fact]
    public async Task Who_is_told_to_stop_waits_no_longer()
    {
        using var stopping = new CancellationTokenSource();
        var publishing = PublishAsync(_ => new TaskCompletionSource().Task, stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
    }

    [Fact]
    public async Task Deliveries_whose_messages_are_not_confirmed_come_into_the_record_and_are_not_to_blame()
    {
        await using var hub = await TestHub.StartAsync(customize: builder => builder.Services.AddSingleton<IMessageBus>(provider => new DeafBus(ActivatorUtilities.CreateInstance<MassTransitBus>(provider))));
        await hub.SimulateAsync(hub.Plan(count: 40, people: 10, seed: 3));
        Assert.Equal((0, 0), hub.Database.Read(session => session.First("select count(*), coalesce(sum(attempts), 0) from inbox where status not in (2, 3) or attempts > 0", row => (row.GetInt32(0), row.GetInt32(1)))));
    }

    private Task PublishAsync(Func<object?[], Task> answer, CancellationToken cancellationToken = default)
    {
        var bus = DispatchProxy.Create<IBusControl, Transport>();
        ((Transport)(object)bus).Answer = answer;
        return new MassTransitBus(bus, null!, time).PublishAsync(new object(), null, cancellationToken);
    }

    /// <summary>A bus of which nothing is known but what becomes of a message.</summary>
    public class Transport : DispatchProxy
    {
        public Func<object?[], Task> Answer { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name == nameof(IPublishEndpoint.Publish) ? Answer(args!) : throw new NotSupportedException(targetMethod?.Name);
    }

    /// <summary>Takes the first messages and says nothing of them, once they are there and once when they are not.</summary>
    private sealed class DeafBus(IMessageBus bus) : IMessageBus
    {
        private const int Deaf = 20;
        private int published;

        public bool IsConnected => bus.IsConnected;

        public async Task PublishAsync(object message, Envelope? envelope, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref published);
            if (number > Deaf || number % 2 == 0) await bus.PublishAsync(message, envelope, cancellationToken);
            if (number <= Deaf) throw new BusException("The bus did not confirm a message.", new TimeoutException());
        }
    }
}
