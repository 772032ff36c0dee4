using RestEase;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>Twilio SendGrid's lists of addresses that it does not write to. See https://www.twilio.com/docs/sendgrid/api-reference/bounces-api/retrieve-all-bounces and its neighbours, read 2026-11-22.</summary>
public interface ISendGridApi
{
    /// <summary>A list, 200 entries a page.</summary>
    /// <param name="list">Its name, for example <c>bounces</c>.</param>
    /// <param name="from">Put on it at or after, Unix seconds; null for all.</param>
    /// <param name="until">Put on it at or before, Unix seconds.</param>
    /// <param name="offset">Entries to leave out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("v3/suppression/{list}?limit=200")]
    Task<Payload> ListAsync([Path] string list, [Query("start_time")] long? from, [Query("end_time")] long until, [Query] int offset, CancellationToken cancellationToken);

    /// <summary>Who has left which unsubscribe group: all in one answer.</summary>
    [Get("v3/asm/suppressions")]
    Task<Payload> GroupsAsync(CancellationToken cancellationToken);
}
