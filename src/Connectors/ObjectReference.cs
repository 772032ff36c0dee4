namespace IntegrationHub.Connectors;

/// <summary>Points at a vendor's object.</summary>
/// <param name="ObjectType">The vendor's word, for example <c>customer</c>.</param>
/// <param name="ObjectId">The vendor's id, never personal data; parts of a compound id are joined by a slash.</param>
public sealed record ObjectReference(string ObjectType, string ObjectId)
{
    // No vendor's are nearly as long. Rows are found by them, and an entry of PostgreSQL's indexes holds up to 2,700 bytes.
    private const int MaxLength = 500;

    /// <summary>Whether type and id are longer together than those of any object.</summary>
    internal bool IsTooLong => ObjectType.Length + ObjectId.Length > MaxLength;
}

/// <summary>An object as the vendor's API told it.</summary>
/// <param name="Reference">Which one.</param>
/// <param name="Body">Its bytes: those of the answer, or of its part of a page.</param>
public sealed record VendorObject(ObjectReference Reference, ReadOnlyMemory<byte> Body)
{
    /// <summary>An object that is one value of an answer.</summary>
    public VendorObject(string objectType, string objectId, Payload value) : this(new ObjectReference(objectType, objectId), value.Raw()) { }
}
