using System.Reflection;

namespace IntegrationHub.Contracts.Tests;

/// <summary>Instances with every member set, to a value that is neither its default nor that of another member.</summary>
internal static class Filled
{
    private static readonly DateTimeOffset Epoch = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(2));

    public static object Of(Type type) => Of(type, type.Name);

    private static object Of(Type type, string path)
    {
        var instance = Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} can't be created.");
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            property.SetValue(instance, Value(property.PropertyType, $"{path}.{property.Name}"));
        return instance;
    }

    private static object Value(Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var seed = path.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)) & 0x7FFFFFFF;
        if (type == typeof(string)) return $"{path}: Zoë \"Þ\" <&> \\ \n 鍵 😀";
        if (type == typeof(decimal)) return (seed % 1_000_000) + 0.50m;
        if (type == typeof(long)) return 9_007_199_254_740_993L + seed;
        if (type == typeof(Guid)) return new Guid(seed, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]);
        if (type == typeof(DateTimeOffset)) return Epoch.AddTicks(seed);
        if (type == typeof(DateOnly)) return new DateOnly(1970, 1, 1).AddDays(seed % 20_000);
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["plan Zoë"] = path, ["__proto__"] = "", ["A"] = "a", ["a"] = "A" };
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0], path);
        return Of(type, path);
    }

    private static Array List(Type item, string path)
    {
        var list = Array.CreateInstance(item, 2);
        for (var i = 0; i < list.Length; i++) list.SetValue(Value(item, $"{path}[{i}]"), i);
        return list;
    }
}
