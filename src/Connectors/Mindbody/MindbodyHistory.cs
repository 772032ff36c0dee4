using System.Globalization;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Reads the history of a site. Pages are counted by offset: Mindbody has no other way.</summary>
internal sealed class MindbodyHistory(MindbodySettings settings, IMindbodyApi api)
{
    public const string Clients = "clients";
    public const string Appointments = "appointments";
    public const string Sales = "sales";
    public const string Transactions = "transactions";

    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Whether the times of a question are the site's or UTC is not certain: a day more at both ends covers either.
    private static readonly TimeSpan Doubt = TimeSpan.FromDays(1);

    private static readonly TimeSpan Ahead = TimeSpan.FromDays(366);

    public static IReadOnlyList<string> Streams { get; } = [Clients, Appointments, Sales, Transactions];

    public async Task<BackfillPage> ReadAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var offset = int.Parse(request.Cursor ?? "0", CultureInfo.InvariantCulture);
        var (from, to) = (Write((request.Since ?? Beginning) - Doubt), Write(request.Until + Doubt));
        var token = await MindbodyObjects.TokenAsync(settings, api, cancellationToken);
        return request.Stream switch
        {
            Clients => Page(await api.ClientsAsync(token, request.Since is null ? null : from, offset, cancellationToken), "Clients", "client", "UniqueId", offset),
            Appointments => Page(await api.AppointmentsAsync(token, from, Write(request.Until + Ahead), offset, cancellationToken), "Appointments", "appointment", "Id", offset),
            Sales => Page(await api.SalesAsync(token, from, to, offset, cancellationToken), "Sales", "sale", "Id", offset),
            _ => Page(await api.TransactionsAsync(token, from, to, offset, cancellationToken), "Transactions", "transaction", "TransactionId", offset, MindbodySales.IsRefund),
        };
    }

    private static BackfillPage Page(Payload answer, string list, string type, string id, int offset, Func<Payload, bool>? isWanted = null)
    {
        var items = answer[list].Items().ToList();
        var total = answer["PaginationResponse"]["TotalResults"].Integer();
        var next = offset + items.Count;
        return new BackfillPage(
            [.. items.Where(item => isWanted is null || isWanted(item)).Select(item => new VendorObject(type, item[id].RequiredId(), item))],
            items.Count > 0 && next < total ? next.ToString(CultureInfo.InvariantCulture) : null)
        { Total = offset == 0 ? total : null };
    }

    private static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
