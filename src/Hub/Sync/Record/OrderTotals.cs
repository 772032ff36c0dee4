namespace IntegrationHub.Hub.Sync.Record;

/// <summary>Sums over the orders of a contact. They are kept by difference: an order's old contribution is taken out when its new one goes in.</summary>
internal sealed class OrderTotals
{
    public long Count { get; set; }

    /// <summary>Value net of refunds, by ISO 4217 currency.</summary>
    public SortedDictionary<string, decimal> Value { get; set; } = new(StringComparer.Ordinal);

    public void Add(OrderState order) => Change(order, 1);

    public void Subtract(OrderState order) => Change(order, -1);

    public void Absorb(OrderTotals other)
    {
        Count += other.Count;
        foreach (var (currency, value) in other.Value) Add(currency, value);
    }

    private void Change(OrderState order, int sign)
    {
        if (order.Counts) Count += sign;
        foreach (var net in order.NetValues()) Add(net.Currency, sign * net.Amount);
    }

    private void Add(string currency, decimal value)
    {
        var sum = Value.GetValueOrDefault(currency) + value;
        if (sum == 0) Value.Remove(currency);
        else Value[currency] = sum;
    }
}
