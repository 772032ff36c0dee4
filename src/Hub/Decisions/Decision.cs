using System.Text.Json.Serialization;

namespace IntegrationHub.Hub.Decisions;

/// <summary>What a person ruled about the record. It is data like the events: it takes part in the same function, and is taken back by revoking it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MustLink), "must_link")]
[JsonDerivedType(typeof(CannotLink), "cannot_link")]
[JsonDerivedType(typeof(BlockValue), "block_value")]
[JsonDerivedType(typeof(PinField), "pin_field")]
internal abstract record Decision
{
    /// <summary>Names of the nodes that it is about.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Nodes => this switch
    {
        MustLink link => [link.One, link.Other],
        CannotLink link => [link.One, link.Other],
        BlockValue block => [block.Node],
        PinField pin => [pin.Node],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Two nodes are one person, whatever the limits say.</summary>
/// <param name="One">A node's name, for example <c>email:zoe@example.com</c>.</param>
/// <param name="Other">Another node's name.</param>
internal sealed record MustLink(string One, string Other) : Decision;

/// <summary>Two nodes are different people, whatever the events say.</summary>
/// <param name="One">A node's name.</param>
/// <param name="Other">Another node's name.</param>
internal sealed record CannotLink(string One, string Other) : Decision;

/// <summary>A value names nobody.</summary>
/// <param name="Node">The node's name.</param>
internal sealed record BlockValue(string Node) : Decision;

/// <summary>A field of the contact that a node belongs to has this value, whatever the tools say.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Field">The field, for example <c>firstName</c>.</param>
/// <param name="Value">The value.</param>
internal sealed record PinField(string Node, string Field, string Value) : Decision;

/// <summary>A decision as it is kept.</summary>
/// <param name="RevokedAt">When it was taken back; null while it holds.</param>
internal sealed record StoredDecision(Guid Id, Decision Decision, string Author, string? Reason, DateTimeOffset MadeAt, DateTimeOffset? RevokedAt);
