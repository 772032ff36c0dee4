namespace IntegrationHub.Connectors;

/// <summary>Points at a vendor's object.</summary>
/// <param name="ObjectType">The vendor's word, for example <c>customer</c>.</param>
/// <param name="ObjectId">The vendor's id, never personal data; parts of a compound id are joined by a slash.</param>
public sealed record ObjectReference(string ObjectType, string ObjectId);

/// <summary>An object as the vendor's API told it.</summary>
/// <param name="Reference">Which one.</param>
/// <param name="Body">Its bytes: those of the answer, or of its part of a page.</param>
public sealed record VendorObject(ObjectReference Reference, ReadOnlyMemory<byte> Body)
{
    /// <summary>An object that is one value of an answer.</summary>
    public VendorObject(string objectType, string objectId, Payload value) : this(new ObjectReference(objectType, objectId), value.Raw()) { }
}
