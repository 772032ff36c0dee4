namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Reads objects of the Public API.</summary>
internal sealed class MindbodyObjects(MindbodySettings settings)
{
    private readonly MindbodyClients clients = new(settings.DefaultCountry);
    private readonly MindbodySales sales = new(settings.Currency);
    private readonly MindbodyClock clock = new(settings.TimeZone);
    private readonly MindbodySite site = new(settings.SiteId ?? "");

    /// <summary>Mindbody's own words for a fault say more than the status.</summary>
    public static VendorException? Judge(VendorAnswer answer) => Code(answer) switch
    {
        "InvalidUserCredentials" or "InvalidStaffCredentials" or "InvalidLoginCredentials" or "InvalidSourceCredentials" =>
            new VendorException(VendorFault.Unauthorized, $"the vendor does not accept the apiKey or the staff member ({answer.Status})"),
        "DeniedAccess" or "InvalidUserAccessLevel" or "InvalidPermissionConfiguration" =>
            new VendorException(VendorFault.Forbidden, $"the site has not activated the developer account, or the staff member may not see this ({answer.Status})"),
        "TooManyRequests" => new VendorException(VendorFault.Throttled, $"the vendor has had too many calls ({answer.Status})") { RetryAfter = answer.RetryAfter() },
        "SQLDBMaintenance" => new VendorException(VendorFault.Unavailable, $"the vendor's database is being maintained ({answer.Status})"),
        "InvalidClassId" or "ClassVisitNotFound" => new VendorException(VendorFault.NotFound, $"the vendor has no such class ({answer.Status})"),
        _ => null,
    };

    /// <summary>A token for one reading: it costs a call, and nothing has to be kept.</summary>
    public static async Task<string> TokenAsync(MindbodySettings settings, IMindbodyApi api, CancellationToken cancellationToken)
    {
        var credentials = new Dictionary<string, string>(StringComparer.Ordinal) { ["Username"] = settings.StaffUser ?? "", ["Password"] = settings.StaffPassword ?? "" };
        var answer = await api.TokenAsync(credentials, cancellationToken);
        return $"Bearer {answer["AccessToken"].RequiredText()}";
    }

    /// <summary>A class with who is booked into it: nothing else is hinted at.</summary>
    public async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, IMindbodyApi api, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(settings, api, cancellationToken);
        var found = (await api.ClassVisitsAsync(token, reference.ObjectId, cancellationToken))["Class"];
        return found.Exists ? [new VendorObject(reference.ObjectType, reference.ObjectId, found)] : [];
    }

    public Normalization Read(ObjectReference what, WebhookDelivery delivery) => what.ObjectType switch
    {
        "client" => clients.Read(site, delivery.Json, clock, delivery.ReceivedAt),
        "sale" => sales.Read(site, delivery.Json, clock, delivery.ReceivedAt),
        "transaction" => sales.Refunded(site, delivery.Json, clock),
        "appointment" => MindbodyAppointments.Read(site, delivery.Json, clock, delivery.ReceivedAt),
        _ => MindbodyClasses.Read(site, delivery.Json, clock),
    };

    private static string? Code(VendorAnswer answer) => answer.Json() is { } body && body["Error"]["Code"] is { IsText: true } code ? code.Text() : null;
}
