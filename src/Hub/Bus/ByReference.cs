using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.Serialization;

namespace IntegrationHub.Hub.Bus;

/// <summary>Hands the messages of the bus within this process over as they are: nobody else reads them, so that writing and reading JSON would be for nothing.</summary>
/// <remarks>The transport knows bytes only. Each message gets an array of its own, which stands for it for as long as the transport keeps it.</remarks>
internal sealed class ByReference : ISerializerFactory, IMessageSerializer, IMessageDeserializer
{
    private readonly ConditionalWeakTable<byte[], MessageEnvelope> envelopes = [];

    public ContentType ContentType { get; } = new("application/vnd.integrationhub.reference");

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => this;

    public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class
    {
        var token = new byte[1];
        envelopes.Add(token, new JsonMessageEnvelope(context, context.Message));
        return new BytesMessageBody(token);
    }

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        if (!envelopes.TryGetValue(body.GetBytes(), out var envelope)) throw new InvalidOperationException("The transport has copied a message that is handed over by reference.");
        return new Handed(ContentType, envelope);
    }

    public MessageBody GetMessageBody(string text) => throw new NotSupportedException("Messages that are handed over by reference have no text.");

    public void Probe(ProbeContext context) => context.CreateScope("reference");

    /// <summary>A message that is there as an object already. Whoever asks for it by an interface, as for a fault, gets the same object.</summary>
    private sealed class Handed(ContentType contentType, MessageEnvelope envelope) : SystemTextJsonSerializerContext(
        SystemTextJsonMessageSerializer.Instance, SystemTextJsonMessageSerializer.Options, contentType, new EnvelopeMessageContext(envelope, SystemTextJsonMessageSerializer.Instance), envelope.MessageType ?? [], envelope)
    {
        private readonly object? handed = envelope.Message;

        public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message) where T : class => (message = IsSupportedMessageType<T>() ? handed as T : null) is not null;

        public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message) => (message = IsSupportedMessageType(messageType) && messageType.IsInstanceOfType(handed) ? handed : null) is not null;
    }
}
