using System.Text.Json;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Fetches entities. With a sale goes the customer it is for, so that each sale says who that is.</summary>
internal static class QuickBooksObjects
{
    /// <summary>The member that the customer of a sale stands in.</summary>
    public const string Buyer = "Customer";

    // Customers can be jobs of jobs, five deep.
    private const int DeepestJob = 5;
    private const int IdsInAQuery = 100;

    public static async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, IQuickBooksApi company, CancellationToken cancellationToken)
    {
        var (type, id) = (QuickBooksEntities.Of(reference), reference.ObjectId.Split('/')[0]);
        var name = QuickBooksEntities.NameOf(type);
        var entity = (await company.ReadAsync(type, id, cancellationToken))[name];
        if (!entity.IsObject) throw entity.Missing();
        if (type == QuickBooksEntities.Customer) return [new VendorObject(reference, entity.Raw())];
        List<(ObjectReference, Payload)> read = [(reference, entity)];
        if (type == QuickBooksEntities.Payment) read.AddRange(await PaidAsync(entity, company, cancellationToken));
        return await WithBuyersAsync(read, company, cancellationToken);
    }

    /// <summary>Sales with their customers; a sale to a job with the customer that the job is for.</summary>
    public static async Task<IReadOnlyList<VendorObject>> WithBuyersAsync(IReadOnlyList<(ObjectReference Reference, Payload Sale)> sales, IQuickBooksApi company, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, Payload>(StringComparer.Ordinal);
        var wanted = sales.Select(sale => Reference(sale.Sale["CustomerRef"])).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        for (var depth = 0; depth < DeepestJob && wanted.Count > 0; depth++)
        {
            foreach (var customer in await ByIdAsync(QuickBooksEntities.Customer, QuickBooksEntities.AllCustomers, wanted, company, cancellationToken)) known[customer["Id"].RequiredId()] = customer;
            wanted = [.. wanted.Where(known.ContainsKey).Select(id => ParentOf(known[id])).OfType<string>().Where(id => !known.ContainsKey(id)).Distinct(StringComparer.Ordinal)];
        }
        return [.. sales.Select(sale => new VendorObject(sale.Reference, Put(sale.Sale, BuyerOf(sale.Sale, known))))];
    }

    /// <summary>The customer that a job or project is for; null for one that is none.</summary>
    public static string? ParentOf(Payload customer) =>
        customer["Job"].Flag() is true || customer["IsProject"].Flag() is true ? Reference(customer["ParentRef"]) : null;

    private static string? Reference(Payload reference) => reference["value"].Id();

    // A payment tells what it was for; whether that is settled by it, the invoices tell.
    private static async Task<IEnumerable<(ObjectReference, Payload)>> PaidAsync(Payload payment, IQuickBooksApi company, CancellationToken cancellationToken)
    {
        var ids = payment["Line"].Items().SelectMany(line => line["LinkedTxn"].Items()).Where(link => link["TxnType"].Text() is "Invoice")
            .Select(link => link["TxnId"].Id()).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var invoices = await ByIdAsync(QuickBooksEntities.Invoice, "", ids, company, cancellationToken);
        return invoices.Select(invoice => (new ObjectReference(QuickBooksEntities.Invoice, invoice["Id"].RequiredId()), invoice));
    }

    // One that was deleted meanwhile is left out of the answer, where reading it by itself would be an error.
    private static async Task<IReadOnlyList<Payload>> ByIdAsync(string entity, string condition, IReadOnlyList<string> ids, IQuickBooksApi company, CancellationToken cancellationToken)
    {
        var name = QuickBooksEntities.NameOf(entity);
        List<Payload> found = [];
        foreach (var some in ids.Chunk(IdsInAQuery))
        {
            var answer = await company.QueryAsync($"select * from {name} where {condition}Id in ({string.Join(", ", some.Select(id => $"'{Digits(id)}'"))}) maxresults 1000", cancellationToken);
            found.AddRange(answer["QueryResponse"][name].Items());
        }
        return found;
    }

    private static string Digits(string id) => id.All(char.IsAsciiDigit) ? id : throw new PayloadException("$", "holds the id of an entity that is not a whole number");

    private static Payload? BuyerOf(Payload sale, Dictionary<string, Payload> known)
    {
        if (Reference(sale["CustomerRef"]) is not { } id || !known.TryGetValue(id, out var customer)) return null;
        for (var depth = 0; depth < DeepestJob && ParentOf(customer) is { } parent && known.TryGetValue(parent, out var above); depth++) customer = above;
        return customer;
    }

    private static ReadOnlyMemory<byte> Put(Payload sale, Payload? buyer)
    {
        if (buyer is null) return sale.Raw();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in sale.Members().Where(member => member.Name != Buyer).Append((Buyer, buyer)))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.Raw().Span);
            }
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }
}
