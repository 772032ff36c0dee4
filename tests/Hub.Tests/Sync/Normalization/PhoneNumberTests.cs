namespace IntegrationHub.Hub.Sync.Normalization;

public sealed class PhoneNumberTests
{
    /// <summary>Ranges kept for fiction; the demonstrations use them, in lengths that the countries do not have too.</summary>
    [Theory]
    [InlineData("+492215550142")]
    [InlineData("+15555550142")]
    [InlineData("+15555550134")]
    [InlineData("+13545550199")]
    [InlineData("+12025550142")]
    [InlineData("+492215500000")]
    [InlineData("+492215512345")]
    [InlineData("+492215599999")]
    [InlineData("+47215500000")]
    [InlineData("+472155123450")]
    [InlineData("+150355500000")]
    [InlineData("+150355512345")]
    [InlineData("+4411349600000")]
    [InlineData("+4411349612345")]
    [InlineData("+332619100000")]
    [InlineData("+332619154321")]
    [InlineData("+845550123456")]
    [InlineData("+4555501234")]
    [InlineData("+80012345607")]
    [InlineData("+8812345670")]
    [InlineData("+97911234560")]
    public void A_plausible_number_with_a_plus_stays_as_it_is(string e164)
    {
        Assert.Equal(new PhoneResult.Number(e164), PhoneNumber.Read(e164, null));
        Assert.Equal(new PhoneResult.Number(e164), PhoneNumber.Read(e164, "US"));
    }

    [Theory]
    [InlineData("+49 (0)221 555 01 42", "+492215550142")]
    [InlineData("(+49) 221 5550142", "+492215550142")]
    [InlineData("++49 221 5550142", "+492215550142")]
    [InlineData("+0049 221 5550142", "+492215550142")]
    [InlineData("'+492215550142", "+492215550142")]
    [InlineData(" +49\u00A0221\u202F555\u20110142\t", "+492215550142")]
    [InlineData("\u202A+49\u200B2215550142\u202C", "+492215550142")]
    [InlineData("\uFF0B\uFF14\uFF19 \uFF12\uFF12\uFF11\uFF0D\uFF15\uFF15\uFF15\uFF0D\uFF10\uFF11\uFF14\uFF12", "+492215550142")]
    [InlineData("+٤٩ ٢٢١ ٥٥٥ ٠١٤٢", "+492215550142")]
    [InlineData("+४९ २२१ ५५५ ०१४२", "+492215550142")]
    [InlineData("+\U0001D7D2\U0001D7D7 2215550142", "+492215550142")]
    [InlineData("TEL:+49-221-555-0142;phone-context=example.com", "+492215550142")]
    [InlineData("whatsapp:+14155550142", "+14155550142")]
    [InlineData("+44 (0)113496 12345", "+4411349612345")]
    [InlineData("+1 (1) 202 555 0142", "+12025550142")]
    public void Notation_around_an_international_number_is_dropped(string written, string e164)
    {
        Assert.Equal(new PhoneResult.Number(e164), PhoneNumber.Read(written, null));
    }

    [Theory]
    [InlineData("+1 202 555 0142 ext. 12", "US", "+12025550142", "12")]
    [InlineData("(202) 555-0142 x12", "US", "+12025550142", "12")]
    [InlineData("202-555-0142x7", "US", "+12025550142", "7")]
    [InlineData("202-555-0142 X 0042", "US", "+12025550142", "0042")]
    [InlineData("202-555-0142 Extension: 12", "US", "+12025550142", "12")]
    [InlineData("202-555-0142 (ext 12)", "US", "+12025550142", "12")]
    [InlineData("202-555-0142 #12", "US", "+12025550142", "12")]
    [InlineData("202-555-0142,,12#", "US", "+12025550142", "12")]
    [InlineData("tel:+1-202-555-0142;ext=12", null, "+12025550142", "12")]
    [InlineData("tel:+1-202-555-0142;phone-context=x;EXT=12", null, "+12025550142", "12")]
    [InlineData("0221 5550142 Durchwahl 43", "DE", "+492215550142", "43")]
    [InlineData("+49 221 5550142 DW 43", null, "+492215550142", "43")]
    [InlineData("+33 1 44 71 23 45 poste 12", null, "+33144712345", "12")]
    [InlineData("+39 06 6982 1234 int. 12", null, "+390669821234", "12")]
    [InlineData("+7 912 345-07-89 доб. 12", null, "+79123450789", "12")]
    [InlineData("+81 3-1234-5607 内線12", null, "+81312345607", "12")]
    public void An_extension_is_cut_off_and_told(string written, string? defaultCountry, string e164, string extension)
    {
        Assert.Equal(new PhoneResult.HasExtension(e164, extension), PhoneNumber.Read(written, defaultCountry));
        Assert.False(PhoneNumber.TryNormalize(written, defaultCountry, out _));
    }

    [Theory]
    [InlineData("1-800-FLOWERS", "US", "letters or signs in the number")]
    [InlineData("+1 800 FLOWERS", "US", "letters or signs in the number")]
    [InlineData("call me", "DE", "letters or signs in the number")]
    [InlineData("x12", "US", "letters or signs in the number")]
    [InlineData("202-555-0142 x", "US", "letters or signs in the number")]
    [InlineData("202-555-0142 ext 12345678", "US", "letters or signs in the number")]
    [InlineData("*31#0221555014", "DE", "letters or signs in the number")]
    [InlineData("someone@example.com", "DE", "letters or signs in the number")]
    [InlineData("0221 5550142, 0221 5550143", "DE", "more than one number")]
    [InlineData("0221 5550142; 0221 5550143", "DE", "more than one number")]
    [InlineData("0221 5550142\n0221 5550143", "DE", "more than one number")]
    [InlineData("+49 221 5550142 +49 221 5550143", "DE", "a plus inside the number, or more than one number")]
    [InlineData("0221 5550142 / 0221 5550143 / 0221 5550144", "DE", "too many digits")]
    [InlineData("+999 221 5550142", null, "no such country calling code")]
    [InlineData("+0221 5550142", "DE", "no such country calling code")]
    [InlineData("+", "DE", "no such country calling code")]
    [InlineData("+210 5550142", "DE", "no such country calling code")]
    [InlineData("0221 5550142", null, "no country calling code and no default country")]
    [InlineData("0049 221 5550142", "", "no country calling code and no default country")]
    [InlineData("0221 5550142", "XX", "the default country is unknown")]
    [InlineData("", "DE", "no number of the default country")]
    [InlineData("()", "DE", "no number of the default country")]
    [InlineData("555-0148", "US", "no number of the default country")]
    [InlineData("310-1230", "US", "no number of the default country")]
    [InlineData("5550187", "US", "no number of the default country")]
    [InlineData("102 555 0142", "US", "no number of the default country")]
    [InlineData("2025550142", "FR", "no number of the default country")]
    [InlineData("01 44 71 23", "FR", "no number of the default country")]
    [InlineData("22 12 34 5", "NO", "no number of the default country")]
    [InlineData("01 23 45 67", "CI", "no number of the default country")]
    [InlineData("+49", null, "too few or too many digits")]
    [InlineData("+555-0119", null, "too few or too many digits")]
    [InlineData("+49 22155501420000", null, "too few or too many digits")]
    [InlineData("110", "DE", "no number of the default country")]
    [InlineData("1100", "DE", "too few or too many digits")]
    [InlineData("+1 555 555 5555", null, "repeated or counted digits")]
    [InlineData("+10000000000", null, "repeated or counted digits")]
    [InlineData("+99 999 999 999", null, "no such country calling code")]
    [InlineData("+49 0000000000", null, "too few or too many digits")]
    [InlineData("+49 1111111111", null, "repeated or counted digits")]
    [InlineData("+33 9 99 99 99 99", null, "repeated or counted digits")]
    [InlineData("+49 30 0000000", null, "repeated or counted digits")]
    [InlineData("+123456789", null, "repeated or counted digits")]
    [InlineData("+1 234 567 8901", null, "repeated or counted digits")]
    [InlineData("123456789", "DE", "repeated or counted digits")]
    [InlineData("0123456789", "FR", "repeated or counted digits")]
    [InlineData("9876543210", "IN", "repeated or counted digits")]
    [InlineData("090-1234-5678", "JP", "repeated or counted digits")]
    [InlineData("2222222222", "US", "repeated or counted digits")]
    public void What_is_no_ones_number_is_refused_with_a_reason(string written, string? defaultCountry, string reason)
    {
        Assert.Equal(new PhoneResult.Refused(reason), PhoneNumber.Read(written, defaultCountry));
        Assert.False(PhoneNumber.TryNormalize(written, defaultCountry, out _));
    }

    [Fact]
    public void A_text_longer_than_any_number_is_refused_unread()
    {
        Assert.Equal(new PhoneResult.Refused("too long for a phone number"), PhoneNumber.Read(new string(' ', 1000) + "+492215550142", null));
    }

    [Fact]
    public void A_number_without_extension_can_be_asked_for_alone()
    {
        Assert.True(PhoneNumber.TryNormalize("0221 555 0142", "DE", out var e164));
        Assert.Equal("+492215550142", e164);
    }
}
