using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>How a vendor proves that a request is its own. Pure: no I/O, no clock but the request's arrival time. Fails closed.</summary>
public abstract class WebhookAuthentication
{
    /// <summary>Checks the proof in constant time over the bytes as received.</summary>
    public abstract Verification Verify(WebhookRequest request);

    /// <summary>Adds the proof, as the vendor would at <see cref="WebhookRequest.ReceivedAt"/>: for simulators and tests.</summary>
    /// <exception cref="InvalidOperationException"><see cref="CanSign"/> is false.</exception>
    public abstract WebhookRequest Sign(WebhookRequest request);

    /// <summary>Whether what is configured can make a proof; false where it can only check one, such as a public key.</summary>
    public virtual bool CanSign => true;

    /// <summary>Whether the proof covers the body, so that whoever changes a byte of it is refused; false where it only names the sender.</summary>
    public virtual bool CoversBody => true;

    /// <summary>The body as it may be stored: as received, unless the proof itself stands in it.</summary>
    public virtual ReadOnlyMemory<byte> WithoutProof(ReadOnlyMemory<byte> body) => body;

    /// <summary>Longest accepted distance between the signed time and the arrival; null when the vendor signs no time.</summary>
    public virtual TimeSpan? ReplayWindow => null;

    /// <summary>What stops a genuine request that somebody else sends again.</summary>
    public virtual ReplayDefence ReplayDefence => (CoversBody, ReplayWindow) switch
    {
        (false, _) => ReplayDefence.None,
        (true, null) => ReplayDefence.Memory,
        _ => ReplayDefence.Window,
    };

    /// <summary>How long what was signed is remembered; null where that would not help.</summary>
    public TimeSpan? ReplayMemory => ReplayDefence switch
    {
        ReplayDefence.Memory => TimeSpan.FromDays(30),
        ReplayDefence.Window => 2 * ReplayWindow,
        _ => null,
    };

    /// <summary>One line for tables and screens, for example <c>HMAC-SHA256 of the body, base64, X-Shopify-Hmac-Sha256</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Whether two texts are equal; the time it takes tells nothing about where they differ.</summary>
    protected static bool SameText(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}

/// <summary>What stops a genuine request that somebody else sends again.</summary>
public enum ReplayDefence
{
    /// <summary>Nothing, and nothing would: the proof covers no body, so that whoever holds it can make up requests.</summary>
    None,

    /// <summary>The body is signed, and neither time nor id: what was signed is remembered for long.</summary>
    Memory,

    /// <summary>A time is signed: an old request is refused, and what was signed is remembered as long as it is not old.</summary>
    Window,

    /// <summary>The id of the delivery is signed, and the inbox knows it.</summary>
    SignedId,
}
