using IntegrationHub.Contracts;
using IntegrationHub.Hub.Bus;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Bus;

/// <summary>The bus within one process hands messages over as they are. Retries, the queues of errors and faults work as over a broker.</summary>
public sealed class ByReferenceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Message_that_fails_for_good_is_tried_again_and_kept_in_the_queue_of_errors()
    {
        await using var hub = await TestHub.StartAsync();
        var transport = hub.App.Services.GetRequiredService<IBusControl>();
        List<object> tried = [];
        var kept = new TaskCompletionSource<ContactChanged>();
        await transport.ConnectReceiveEndpoint("failing", endpoint =>
        {
            endpoint.UseMessageRetry(retry => retry.Immediate(2));
            endpoint.Handler<ContactChanged>(context =>
            {
                lock (tried) tried.Add(context.Message);
                throw new InvalidOperationException("It can't be done.");
            });
        }).Ready;
        await transport.ConnectReceiveEndpoint("failing_error", endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.Handler<ContactChanged>(context => Task.FromResult(kept.TrySetResult(context.Message)));
        }).Ready;
        var message = Message();
        await hub.App.Services.GetRequiredService<IMessageBus>().PublishAsync(message, null, CancellationToken.None);
        Assert.Same(message, await kept.Task.WaitAsync(Patience));
        Assert.Equal(3, tried.Count);
        Assert.All(tried, one => Assert.Same(message, one));
    }

    [Fact]
    public async Task Fault_of_a_message_that_fails_for_good_is_told()
    {
        await using var hub = await TestHub.StartAsync();
        var transport = hub.App.Services.GetRequiredService<IBusControl>();
        var told = new TaskCompletionSource<Fault<ContactChanged>>();
        await transport.ConnectReceiveEndpoint("failing", endpoint => endpoint.Handler<ContactChanged>(_ => throw new InvalidOperationException("It can't be done."))).Ready;
        await transport.ConnectReceiveEndpoint("told", endpoint => endpoint.Handler<Fault<ContactChanged>>(context => Task.FromResult(told.TrySetResult(context.Message)))).Ready;
        var message = Message();
        await hub.App.Services.GetRequiredService<IMessageBus>().PublishAsync(message, null, CancellationToken.None);
        var fault = await told.Task.WaitAsync(Patience);
        Assert.Same(message, fault.Message);
        Assert.Equal(["It can't be done."], fault.Exceptions.Select(exception => exception.Message));
    }

    private static ContactChanged Message() => new() { ContactId = new Guid(7, 7, 7, new byte[8]), Version = 7, Fields = [], Causes = [], ChangedAt = TimeProvider.System.GetUtcNow() };
}
