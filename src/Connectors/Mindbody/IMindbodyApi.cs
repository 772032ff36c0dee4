using RestEase;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Mindbody's Public API, version 6. What is private asks for a staff member's token besides the key. See https://developers.mindbodyonline.com/PublicDocumentation/V6, read 2026-11-22.</summary>
public interface IMindbodyApi
{
    /// <summary>A token of a staff member.</summary>
    /// <param name="credentials"><c>Username</c> and <c>Password</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Post("usertoken/issue")]
    Task<Payload> TokenAsync([Body] IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken);

    /// <summary>A class with who is booked into it.</summary>
    [Get("class/classvisits")]
    Task<Payload> ClassVisitsAsync([Header("Authorization")] string token, [Query("request.classID")] string classId, CancellationToken cancellationToken);

    /// <summary>A page of clients, inactive ones too.</summary>
    /// <param name="token">The staff member's token, with the word Bearer.</param>
    /// <param name="since">Changed at or after this time; null for all.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("client/clients?request.includeInactive=true&request.limit=100")]
    Task<Payload> ClientsAsync([Header("Authorization")] string token, [Query("request.lastModifiedDate")] string? since, [Query("request.offset")] int offset, CancellationToken cancellationToken);

    /// <summary>A page of sales.</summary>
    /// <param name="token">The staff member's token, with the word Bearer.</param>
    /// <param name="from">Sold at or after this time.</param>
    /// <param name="to">Sold at or before this time.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("sale/sales?request.limit=100")]
    Task<Payload> SalesAsync([Header("Authorization")] string token, [Query("request.startSaleDateTime")] string from, [Query("request.endSaleDateTime")] string to, [Query("request.offset")] int offset, CancellationToken cancellationToken);

    /// <summary>A page of card transactions.</summary>
    /// <param name="token">The staff member's token, with the word Bearer.</param>
    /// <param name="from">Made at or after this time.</param>
    /// <param name="to">Made at or before this time.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("sale/transactions?request.limit=100")]
    Task<Payload> TransactionsAsync([Header("Authorization")] string token, [Query("request.transactionStartDateTime")] string from, [Query("request.transactionEndDateTime")] string to, [Query("request.offset")] int offset, CancellationToken cancellationToken);

    /// <summary>A page of appointments.</summary>
    /// <param name="token">The staff member's token, with the word Bearer.</param>
    /// <param name="from">Beginning at or after this time.</param>
    /// <param name="to">Beginning at or before this time.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("appointment/staffappointments?request.limit=100")]
    Task<Payload> AppointmentsAsync([Header("Authorization")] string token, [Query("request.startDate")] string from, [Query("request.endDate")] string to, [Query("request.offset")] int offset, CancellationToken cancellationToken);
}
