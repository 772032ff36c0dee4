using System.Text;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>Walks two sorted streams at once (a merge join), holding one item of each in memory.</summary>
internal static class SideBySide
{
    /// <summary>Pairs what compares as equal; what only one of them has stands alone.</summary>
    public static IEnumerable<(T? Live, T? Shadow)> Join<T>(IEnumerable<T> live, IEnumerable<T> shadow, Comparison<T> compare) where T : class
    {
        using var one = live.GetEnumerator();
        using var other = shadow.GetEnumerator();
        var (left, right) = (Next(one), Next(other));
        while (left is not null || right is not null)
        {
            var order = left is null ? 1 : right is null ? -1 : compare(left, right);
            yield return (order <= 0 ? left : null, order >= 0 ? right : null);
            if (order <= 0) left = Next(one);
            if (order >= 0) right = Next(other);
        }
    }

    /// <summary>The order in which the database sorts texts: by their UTF-8 bytes.</summary>
    public static int Compare(string one, string other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    /// <summary>The order in which the database sorts ids.</summary>
    public static int Compare(Guid one, Guid other) =>
        one.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(other.ToByteArray(bigEndian: true));

    private static T? Next<T>(IEnumerator<T> items) where T : class => items.MoveNext() ? items.Current : null;
}
