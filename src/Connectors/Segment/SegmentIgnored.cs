namespace IntegrationHub.Connectors.Segment;

/// <summary>Standard events that are ignored on purpose, with the reason. Who is who is read from them all the same.</summary>
internal static class SegmentIgnored
{
    private const string Browsing = "browsing in the shop; pages, the checkout and the order tell what lasts";
    private const string Cart = "a step on the way; Checkout Started tells the cart, and Order Completed the order";
    private const string Coupon = "no coupon was used; Coupon Applied tells when one is";
    private const string Presence = "somebody came or went; pages and screens tell that";
    private const string Account = "about the company's account, not a person";
    private const string App = "about the app on a device; screens tell what the person does";

    public static IReadOnlyDictionary<string, string> Events { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Products Searched"] = Browsing,
        ["Product List Viewed"] = Browsing,
        ["Product List Filtered"] = Browsing,
        ["Promotion Viewed"] = Browsing,
        ["Promotion Clicked"] = Browsing,
        ["Product Clicked"] = Browsing,
        ["Product Viewed"] = Browsing,
        ["Viewed Product"] = Browsing,
        ["Product Added to Wishlist"] = Browsing,
        ["Product Removed from Wishlist"] = Browsing,
        ["Wishlist Product Added to Cart"] = Browsing,
        ["Product Shared"] = Browsing,
        ["Cart Shared"] = Browsing,
        ["Product Reviewed"] = "a review of a product; the contact record keeps no ratings",
        ["Product Added"] = Cart,
        ["Added Product"] = Cart,
        ["Product Removed"] = Cart,
        ["Removed Product"] = Cart,
        ["Cart Viewed"] = Cart,
        ["Checkout Step Viewed"] = Cart,
        ["Checkout Step Completed"] = Cart,
        ["Payment Info Entered"] = Cart,
        ["Coupon Entered"] = Coupon,
        ["Coupon Denied"] = Coupon,
        ["Coupon Removed"] = Coupon,
        ["Signed In"] = Presence,
        ["Signed Out"] = Presence,
        ["Invite Sent"] = "the person invited somebody; whom, no standard tells",
        ["Account Deleted"] = Account,
        ["Account Added User"] = Account,
        ["Account Removed User"] = Account,
        ["Application Installed"] = App,
        ["Application Opened"] = App,
        ["Application Updated"] = App,
        ["Application Backgrounded"] = App,
        ["Application Crashed"] = App,
        ["Application Uninstalled"] = App,
        ["Install Attributed"] = App,
    };
}
