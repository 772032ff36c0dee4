using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Normalization;

public sealed class BuiltInBlocklistTests
{
    private const string Role = "a role address, read by several people";
    private const string Automatic = "an automatic sender, read by nobody";
    private const string Missing = "a placeholder for a missing address";
    private const string Test = "a test value";

    [Theory]
    [InlineData("info@example.com", Role)]
    [InlineData("admin@shop.example.com", Role)]
    [InlineData("sales+eu@example.com", Role)]
    [InlineData("support@example.com", Role)]
    [InlineData("office@example.com", Role)]
    [InlineData("contact@example.com", Role)]
    [InlineData("hello@example.com", Role)]
    [InlineData("billing@example.com", Role)]
    [InlineData("accounts@example.com", Role)]
    [InlineData("postmaster@example.com", Role)]
    [InlineData("webmaster@example.com", Role)]
    [InlineData("abuse@example.com", Role)]
    [InlineData("hostmaster@example.com", Role)]
    [InlineData("team@example.com", Role)]
    [InlineData("marketing@example.com", Role)]
    [InlineData("newsletter@example.com", Role)]
    [InlineData("jobs@example.com", Role)]
    [InlineData("hr@example.com", Role)]
    [InlineData("customer.service@example.com", Role)]
    [InlineData("customer-service@example.com", Role)]
    [InlineData("kundenservice@example.de", Role)]
    [InlineData("buchhaltung@xn--bcher-kva.de", Role)]
    [InlineData("ventas@example.es", Role)]
    [InlineData("noreply@example.com", Automatic)]
    [InlineData("no-reply@example.com", Automatic)]
    [InlineData("no_reply+123@example.com", Automatic)]
    [InlineData("noreply-shop2@example.com", Automatic)]
    [InlineData("donotreply@example.com", Automatic)]
    [InlineData("do-not-reply@example.com", Automatic)]
    [InlineData("mailer-daemon@example.com", Automatic)]
    [InlineData("bounces+12-ab@example.com", Automatic)]
    [InlineData("unknown@example.com", Missing)]
    [InlineData("none@none.com", Missing)]
    [InlineData("na@na.com", Missing)]
    [InlineData("noemail@shop.example.com", Missing)]
    [InlineData("no-email@example.com", Missing)]
    [InlineData("zoe@example.invalid", Missing)]
    [InlineData("customer17@noemail.com", Missing)]
    [InlineData("test@test.com", Test)]
    [InlineData("test@example.com", Test)]
    [InlineData("test12@gmail.com", Test)]
    [InlineData("asdf@asdf.com", Test)]
    [InlineData("foo@example.org", Test)]
    [InlineData("foo@bar.com", Test)]
    [InlineData("your.email@example.com", Test)]
    [InlineData("{{email}}@example.com", "a template that was not filled in")]
    [InlineData("bh@hubspot.com", "a sample contact that the vendor puts into every account")]
    [InlineData("no address at all", "no address")]
    public void An_address_of_no_single_person_is_blocked(string address, string reason)
    {
        Assert.Equal(reason, BuiltInBlocklist.Blocks(IdentifierKind.Email, address));
    }

    [Theory]
    [InlineData("zoe@example.com")]
    [InlineData("a@example.com")]
    [InlineData("b@example.com")]
    [InlineData("x@example.com")]
    [InlineData("colleague@example.com")]
    [InlineData("customer@example.com")]
    [InlineData("guest.teo@example.com")]
    [InlineData("noone.here@example.com")]
    [InlineData("late.bounce@example.com")]
    [InlineData("anais.dvorak@example.com")]
    [InlineData("foo@weston.example")]
    [InlineData("tester@example.com")]
    [InlineData("testino@example.com")]
    [InlineData("mail@zoe-marquez.example")]
    [InlineData("na@example.com")]
    [InlineData("h.r@example.com")]
    [InlineData("infos.zoe@example.com")]
    [InlineData("nora.eply@example.com")]
    [InlineData("k3vt8mqzr1pxy6lwns4bhd@cal.com")]
    [InlineData("4f2k8h3@marketplace.amazon.com")]
    [InlineData("zoe.x7@guest.booking.com")]
    [InlineData("x7k2@privaterelay.appleid.com")]
    [InlineData("123+zoe@users.noreply.github.com")]
    [InlineData("14155550142@sms.cal.com")]
    [InlineData("_123456@bookitlive.net")]
    public void A_persons_address_is_not_blocked(string address)
    {
        Assert.Null(BuiltInBlocklist.Blocks(IdentifierKind.Email, address));
    }

    [Theory]
    [InlineData("+10000000000", "a placeholder: repeated digits")]
    [InlineData("+15555555555", "a placeholder: repeated digits")]
    [InlineData("+5511999999999", "a placeholder: repeated digits")]
    [InlineData("+33600000000", "a placeholder: repeated digits")]
    [InlineData("+15551234567", "a placeholder: counted digits")]
    [InlineData("+33612345678", "a placeholder: counted digits")]
    [InlineData("+491701234567", "a placeholder: counted digits")]
    [InlineData("+441234567890", "a placeholder: repeated digits")]
    [InlineData("+8613800138000", "an example from documentation")]
    [InlineData("+15005550006", "an example from documentation")]
    [InlineData("+12025551212", "directory assistance, nobody's own number")]
    [InlineData("+999123", "no number: no such country calling code")]
    [InlineData("0221 5550142", "no number: not in E.164")]
    public void A_number_of_no_single_person_is_blocked(string e164, string reason)
    {
        Assert.Equal(reason, BuiltInBlocklist.Blocks(IdentifierKind.Phone, e164));
    }

    [Theory]
    [InlineData("+492215550142")]
    [InlineData("+15555550142")]
    [InlineData("+15555550171")]
    [InlineData("+13545550199")]
    [InlineData("+492215500000")]
    [InlineData("+492215512345")]
    [InlineData("+472155123450")]
    [InlineData("+150355512345")]
    [InlineData("+4411349612345")]
    [InlineData("+332619154321")]
    [InlineData("+447700900142")]
    [InlineData("+4930901820")]
    public void A_persons_number_and_one_of_fiction_are_not_blocked(string e164)
    {
        Assert.Null(BuiltInBlocklist.Blocks(IdentifierKind.Phone, e164));
    }

    [Theory]
    [InlineData("0", "no id: zeros or nothing")]
    [InlineData("", "no id: zeros or nothing")]
    [InlineData(" - ", "no id: zeros or nothing")]
    [InlineData("0000000", "no id: zeros or nothing")]
    [InlineData("00000000-0000-0000-0000-000000000000", "no id: zeros or nothing")]
    [InlineData("null", "no id: a placeholder")]
    [InlineData("NULL", "no id: a placeholder")]
    [InlineData("undefined", "no id: a placeholder")]
    [InlineData("None", "no id: a placeholder")]
    [InlineData("anonymous", "no id: a placeholder")]
    [InlineData("guest", "no id: a placeholder")]
    [InlineData("N/A", "no id: a placeholder")]
    [InlineData("Unknown", "no id: a placeholder")]
    [InlineData("-1", "no id: a placeholder")]
    [InlineData("(not set)", "no id: a placeholder")]
    [InlineData("[object Object]", "no id: a placeholder")]
    [InlineData("{{user.id}}", "no id: a template that was not filled in")]
    [InlineData("*|UNIQID|*", "no id: a template that was not filled in")]
    [InlineData("FFFFFFFF-ffff-ffff-ffff-ffffffffffff", "no id: a UUID of ones")]
    public void An_id_that_programs_send_for_none_is_blocked(string id, string reason)
    {
        Assert.Equal(reason, BuiltInBlocklist.Blocks(IdentifierKind.User, id));
        Assert.Equal(reason, BuiltInBlocklist.Blocks(IdentifierKind.Customer, id));
        Assert.Equal(reason, BuiltInBlocklist.Blocks(IdentifierKind.Anonymous, id));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("25")]
    [InlineData("7700101")]
    [InlineData("user-20417")]
    [InlineData("hT3vKq0WcR3c")]
    [InlineData("01JD3Z6Q8M2Y4VTK9B7R5XW0NC")]
    [InlineData("0e9a4c57-61fb-4d28-b3f9-7c2a58e0d146")]
    [InlineData("nullable")]
    [InlineData("zoe@example.com")]
    public void An_id_is_not_blocked(string id)
    {
        Assert.Null(BuiltInBlocklist.Blocks(IdentifierKind.User, id));
    }
}
