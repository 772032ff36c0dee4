using System.Globalization;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>The order that a form with a payment field is. The form is sent when the payment went through, unless the settings say that its money is collected later.</summary>
internal static class JotformOrder
{
    public static IEnumerable<Fact> Facts(JotformTold told, JotformSettings settings)
    {
        var request = told.Submission.Request;
        if (settings.Payments is JotformPayments.ToldElsewhere || request["eventObserverPayment"].Text() is not { } control) yield break;
        var field = told.Submission.Answers.FirstOrDefault(answer => answer.Content.IsPayment)?.Content.Payload;
        var summary = Summary(request["paymentSummary"]);
        var items = Items(field);
        var currency = items.Select(item => item.UnitPrice?.Currency).FirstOrDefault(code => code is not null) ?? settings.PaymentCurrency;
        var amount = Told(summary, "total") ?? request["payment_total_checksum"].Decimal() ?? Sum(field);
        // A payment field that may be left empty was left empty.
        if (items.Count == 0 && amount is null or 0) yield break;
        var total = Money(amount, currency);
        var paid = !settings.CollectedLater.Contains(control, StringComparer.Ordinal);
        var discount = Told(summary, "discount") ?? request["payment_discount_value"].Decimal();
        var code = discount is null or 0 ? null : field?["coupon"].Scalar() ?? request["coupon"].Scalar();

        yield return told.Fact("/order/placed", Placed(told, total, items, code) with { Payment = paid ? PaymentStatus.Paid : PaymentStatus.Pending });
        if (paid) yield return told.Fact("/order/paid", Paid(told, total));
        if (code is not null) yield return told.Fact("/promo", Promo(told, code, Money(discount, currency)));
    }

    private static OrderPlaced Placed(JotformTold told, Money? total, List<OrderItem> items, string? code) => new()
    {
        OccurredAt = told.At,
        Person = told.Submission.Person,
        Source = told.Source,
        OrderId = told.Submission.Id,
        PlacedAt = told.Submission.Time,
        Total = total,
        Items = items,
        DiscountCodes = code is null ? [] : [code],
    };

    private static OrderPaid Paid(JotformTold told, Money? amount) =>
        new() { OccurredAt = told.At, Person = told.Submission.Person, Source = told.Source, OrderId = told.Submission.Id, Amount = amount };

    private static PromoUsed Promo(JotformTold told, string code, Money? discount) =>
        new() { OccurredAt = told.At, Person = told.Submission.Person, Source = told.Source, Code = code, OrderId = told.Submission.Id, Discount = discount };

    private static List<OrderItem> Items(Payload? field)
    {
        List<OrderItem> items = [];
        foreach (var product in field?["products"].Items() ?? [])
        {
            // The products' ids stand beside the list, by position.
            var id = field?[items.Count.ToString(CultureInfo.InvariantCulture)]["id"].Id();
            items.Add(new OrderItem
            {
                ProductId = id,
                Title = product["productName"].Text() ?? id ?? throw product["productName"].Missing(),
                Quantity = product["quantity"].Decimal() ?? 1,
                UnitPrice = Amounts.Major(product["unitPrice"], product["currency"]),
            });
        }
        return items;
    }

    private static decimal? Sum(Payload? field) => field?["products"].Items().Sum(product => product["subTotal"].Decimal());

    // JSON in a text of the JSON.
    private static Payload? Summary(Payload text) => text.Text() is { } json ? Payload.Parse(Encoding.UTF8.GetBytes(json), text.Path) : null;

    private static decimal? Told(Payload? summary, string name) => summary?[name].Decimal();

    private static Money? Money(decimal? amount, string? currency) => amount is { } value && currency is not null ? new Money { Amount = value, Currency = currency } : null;
}
