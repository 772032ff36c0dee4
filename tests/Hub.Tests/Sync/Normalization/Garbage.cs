using System.Text;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Text that nobody means: characters that matter, any UTF-16 unit, half surrogate pairs, whole code points.</summary>
internal static class Garbage
{
    public static string Text(Random random, string meaningful)
    {
        var text = new StringBuilder();
        var length = random.Next(0, 40);
        for (var i = 0; i < length; i++)
            _ = random.Next(6) switch
            {
                0 => text.Append((char)random.Next(char.MaxValue + 1)),
                1 => text.Append((char)random.Next(0xD800, 0xE000)),
                2 => text.Append(char.ConvertFromUtf32(random.Next(0x10000, 0x110000))),
                3 => text.Append((char)random.Next(0x0250)),
                _ => text.Append(meaningful[random.Next(meaningful.Length)]),
            };
        return text.ToString();
    }
}
