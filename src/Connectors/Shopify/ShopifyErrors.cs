namespace IntegrationHub.Connectors.Shopify;

/// <summary>Shopify's ways to refuse: mostly an error inside a 200. See https://shopify.dev/docs/api/admin-graphql/latest (status and error codes) and https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits, read 2026-11-22.</summary>
internal static class ShopifyErrors
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(2);

    public static VendorException? Judge(VendorAnswer answer)
    {
        if (answer.Status is 402 or 423) return new VendorException(VendorFault.Forbidden, $"the shop is frozen or locked ({answer.Status}); its owner has to settle that with Shopify");
        if (answer.Status is not 200 || answer.Json() is not { IsObject: true } body || !body["errors"].IsList) return null;
        var codes = body["errors"].Items().Select(error => Word(error["extensions"]["code"])).ToList();
        // Fields that the app is not approved for are null, as they are missing in webhooks. What else could be read counts.
        if (codes.Count == 0 || (codes.TrueForAll(code => code == "ACCESS_DENIED") && body["data"]["page"].Exists)) return null;
        return codes.Find(code => code is "THROTTLED") is not null
            ? new VendorException(VendorFault.Throttled, "the shop's points for queries are used up") { RetryAfter = Pause(body["extensions"]["cost"]) }
            : Fault(codes[0]);
    }

    private static VendorException Fault(string? code) => code switch
    {
        "ACCESS_DENIED" => new VendorException(VendorFault.Forbidden, "Shopify does not allow this with the token (ACCESS_DENIED); give the app the scopes that the connector's page lists, and install that version"),
        "INTERNAL_SERVER_ERROR" or "TIMEOUT" => new VendorException(VendorFault.Unavailable, $"Shopify is not available ({code})"),
        "SHOP_INACTIVE" => new VendorException(VendorFault.Forbidden, "the shop is not active (SHOP_INACTIVE)"),
        _ => new VendorException(VendorFault.Refused, $"Shopify refuses the query ({code ?? "without a code"})"),
    };

    // What the query costs at most has to be there before it is run.
    private static TimeSpan Pause(Payload cost)
    {
        try
        {
            var (status, wanted) = (cost["throttleStatus"], cost["requestedQueryCost"].Decimal());
            return status["restoreRate"].Decimal() is { } rate and > 0 && status["currentlyAvailable"].Decimal() is { } left && wanted > left
                ? TimeSpan.FromSeconds((double)Math.Ceiling((wanted.Value - left) / rate))
                : UsualPause;
        }
        catch (PayloadException)
        {
            return UsualPause;
        }
    }

    // One of Shopify's own words, and no text about somebody.
    private static string? Word(Payload value) =>
        value.IsText && value.Text() is { Length: <= 64 } text && text.All(letter => char.IsAsciiLetter(letter) || letter == '_') ? text : null;
}
