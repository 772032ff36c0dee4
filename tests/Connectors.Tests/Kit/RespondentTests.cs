using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class RespondentTests
{
    [Theory]
    [InlineData("firstName", "first_name")]
    [InlineData("firstName", "First name")]
    [InlineData("email", "E-mail address")]
    [InlineData("email", "Email")]
    [InlineData("phone", "Phone number")]
    [InlineData("postalCode", "postal-code")]
    [InlineData("utm_source", "utm_source")]
    [InlineData(null, "Your friend's e-mail")]
    [InlineData(null, "user_id")]
    [InlineData(null, "Newsletter")]
    [InlineData(null, "")]
    [InlineData(null, "ñame")]
    public void Name_that_reads_like_a_target_is_recognised(string? target, string name) => Assert.Equal(target, AnswerTargets.Guess(name));

    [Fact]
    public void Every_name_of_the_list_is_a_target_and_ends_where_it_says()
    {
        foreach (var target in AnswerTargets.Names.Append("custom.plan"))
        {
            var respondent = new Respondent();
            respondent.Tell(target, "2001-02-03");
            var (person, campaign) = (respondent.ToPerson(), respondent.Attribution);
            var isSilent = target is "ignore" || AnswerTargets.Channel(target) is not null;
            Assert.True(AnswerTargets.IsKnown(target));
            Assert.Equal(isSilent, ContractText(person) == ContractText(new Person()) && campaign is null);
        }
        Assert.False(AnswerTargets.IsKnown("custom. ") || AnswerTargets.IsKnown("fistName"));
    }

    [Fact]
    public void Value_told_first_counts()
    {
        var respondent = new Respondent();
        respondent.Tell("city", "Leeds");
        respondent.Tell("city", "York");
        respondent.Tell("custom.plan", "pro");
        respondent.Tell("custom.plan", "free");
        Assert.Equal(("Leeds", "pro"), (respondent.ToPerson().City, respondent.ToPerson().Custom["plan"]));
    }

    [Fact]
    public void Guessed_address_or_number_is_taken_only_while_none_is_known()
    {
        var respondent = new Respondent();
        respondent.Guess("email", "not an address");
        respondent.Guess("email", "zoe@example.com");
        respondent.Guess("email", "friend@example.com");
        respondent.Guess("phone", "none");
        respondent.Guess("phone", "(555) 555-0142");
        respondent.Guess("phone", "(555) 555-0143");
        Assert.Equal([Identifier.Email("zoe@example.com"), Identifier.Phone("(555) 555-0142")], respondent.ToPerson().Identifiers);
        respondent.Tell("email", "work@example.com");
        respondent.Tell("email", "work@example.com");
        Assert.Equal(3, respondent.ToPerson().Identifiers.Count);
    }

    [Fact]
    public void Address_lines_are_joined_and_country_codes_written_large()
    {
        var respondent = new Respondent();
        respondent.Tell("street", "1 High Street");
        respondent.Tell("streetLine2", "Flat 2");
        respondent.Tell("country", "gb");
        Assert.Equal(("1 High Street, Flat 2", "GB"), (respondent.ToPerson().Street, respondent.ToPerson().Country));
    }

    [Theory]
    [InlineData("1984-02-29", true)]
    [InlineData("29.02.1984", false)]
    [InlineData("0001-01-01", false)]
    public void Birth_date_that_cannot_be_read_is_unknown(string text, bool isRead)
    {
        var respondent = new Respondent();
        respondent.Tell("birthDate", text);
        Assert.Equal(isRead, respondent.ToPerson().BirthDate is not null);
    }

    [Theory]
    [InlineData("zoe@example.com", true)]
    [InlineData("zoë@exämple.com", true)]
    [InlineData("zoe@example", false)]
    [InlineData("zoe@.com", false)]
    [InlineData("zoe@example.com.", false)]
    [InlineData("zoe at@example.com", false)]
    [InlineData("a@b@example.com", false)]
    [InlineData("@example.com", false)]
    [InlineData("", false)]
    public void Glance_tells_an_email_address(string text, bool isEmail) => Assert.Equal(isEmail, Respondent.IsEmail(text));

    [Theory]
    [InlineData("Yes", ConsentState.Granted)]
    [InlineData(" yes, please!", ConsentState.Granted)]
    [InlineData("Ja, gerne", ConsentState.Granted)]
    [InlineData("SÍ", ConsentState.Granted)]
    [InlineData("No", ConsentState.Withdrawn)]
    [InlineData("No, thanks", ConsentState.Withdrawn)]
    [InlineData("Nein", ConsentState.Withdrawn)]
    [InlineData("Bitte sehr", ConsentState.Granted)]
    [InlineData("yes but never by post", ConsentState.Withdrawn)]
    [InlineData("Not sure", null)]
    [InlineData("Yesterday", null)]
    [InlineData("", null)]
    public void Choice_means_yes_no_or_nothing(string answer, ConsentState? state) =>
        Assert.Equal(state, new ConsentWords(["bitte sehr"], ["Yes but never by post"]).OfChoice(answer));

    [Fact]
    public void Ticked_box_is_a_yes_unless_it_says_no()
    {
        var words = new ConsentWords([], ["Spare me"]);
        Assert.Equal(ConsentState.Granted, words.OfTicks(["I agree to receive letters"]));
        Assert.Equal(ConsentState.Withdrawn, words.OfTicks(["Letters", "spare me"]));
        Assert.Null(words.OfTicks([]));
    }

    [Fact]
    public void Setting_that_names_no_target_is_an_error_with_the_nearest_one()
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal) { ["q1"] = "fistName", ["q2"] = "custom.x" };
        var outcome = new AnswerTargetAttribute().GetValidationResult(map, new ValidationContext(map));
        Assert.Equal("\"q1\": \"fistName\" is not a target; did you mean \"firstName\"?", outcome?.ErrorMessage);
    }

    private static string ContractText(Person person) => System.Text.Json.JsonSerializer.Serialize(person);
}
