namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads objects of the API: each tells what the webhooks of its state would have told.</summary>
internal sealed class ClickFunnelsObjects(ClickFunnelsForms forms)
{
    public const string Contact = "contact";
    public const string Order = "order";
    public const string Invoice = "invoice";
    public const string FormSubmission = "form_submission";

    /// <summary>An object as a webhook would carry it.</summary>
    public static VendorObject Of(ObjectReference reference, Payload item) => new(reference, ObjectBody.Of(("data", item.Raw())));

    public static async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, IClickFunnelsApi api, CancellationToken cancellationToken) =>
        reference.ObjectType == Contact
            ? [Of(reference, await api.ContactAsync(reference.ObjectId, cancellationToken))]
            : throw new VendorException(VendorFault.Refused, "the hub knows no such kind of object any more");

    public Normalization Read(ObjectReference what, Payload body)
    {
        var told = new ClickFunnelsEvent(body, what.ObjectType);
        if (told.IsTest) return told.Ignored(ClickFunnelsEvent.TestReason);
        return what.ObjectType switch
        {
            Contact => ClickFunnelsContacts.Observed(told),
            Order => Once(ClickFunnelsGoods.IsSubscription(told.Data) ? Subscription(told) : SingleOrder(told)),
            Invoice => Once(Bill(told)),
            _ => forms.Submitted(told),
        };
    }

    // When it was activated stays; a trial that was never activated tells its own beginning.
    private static IEnumerable<Normalization> Subscription(ClickFunnelsEvent told)
    {
        if (told.Data["activated_at"].Exists) yield return ClickFunnelsSubscriptions.Started(told);
        else if (told.Data["in_trial"].Flag() is true) yield return ClickFunnelsSubscriptions.TrialStarted(told);
        yield return ClickFunnelsSubscriptions.Changed(told);
    }

    // How much of a refund in part went back is told nowhere, and when neither.
    private static IEnumerable<Normalization> SingleOrder(ClickFunnelsEvent told)
    {
        yield return ClickFunnelsOrders.Placed(told);
        if (ClickFunnelsGoods.Status(told.Data["billing_status"]) is "refunded") yield return ClickFunnelsOrders.Refunded(told);
    }

    private static IEnumerable<Normalization> Bill(ClickFunnelsEvent told)
    {
        var status = ClickFunnelsGoods.Status(told.Data["status"]);
        yield return ClickFunnelsInvoices.Issued(told);
        if (status is "paid" or "refunded" or "partially-refunded" || told.Data["paid_at"].Exists) yield return ClickFunnelsInvoices.Paid(told);
        if (status is "past-due") yield return ClickFunnelsInvoices.PaymentFailed(told);
        if (status is "refunded") yield return ClickFunnelsInvoices.Refunded(told);
        if (status is "voided" or "abandoned") yield return ClickFunnelsInvoices.CalledOff(told);
    }

    // Each of them tells that the person wants no e-mails any more.
    private static Normalization Once(IEnumerable<Normalization> said)
    {
        var all = Normalization.Batch(said);
        return all is Normalization.Events events ? new Normalization.Events([.. events.Facts.DistinctBy(fact => fact.Key)]) : all;
    }
}
