namespace IntegrationHub.Connectors.Tests.Declarative;

/// <summary>Each mistake is told with line, path and what to do.</summary>
public sealed class DeclarationErrorTests
{
    private const string Good = """
        {
          "name": "Acme", "category": "forms", "topic": "$.type",
          "verify": {"hmac": {"header": "X-Acme"}},
          "body": "json",
          "settings": {"shops": {"type": "map", "description": "Names of shops."}, "zone": {"type": "timeZone", "description": "The account's zone."}},
          "values": {"email": "$.email"},
          "defaults": {"source": {"objectType": "lead", "objectId": "$.id"}, "person": {"identifiers": {"email": "$email"}}},
          "topics": {
            "lead": {"event": "FormSubmitted", "key": "leads/{$.id}", "formId": "$.form", "submissionId": "$.id"}
          }
        }
        """;

    [Theory]
    [InlineData("\"FormSubmitted\"", "\"FormSubmited\"", "9: topics.lead.event: is not a contract event; did you mean \"FormSubmitted\"?")]
    [InlineData("\"formId\"", "\"formID\"", "9: topics.lead.formID: is not known here; did you mean \"formId\"?\n9: topics.lead.formId: formId is required: every FormSubmitted has it")]
    [InlineData("\"key\": \"leads/{$.id}\", ", "", "9: topics.lead.key: key is required: it names the fact, such as \"leads/{$.id}/created\"")]
    [InlineData("\"$email\"}}}", "\"$emial\"}}}", "7: defaults.person.identifiers.email: is neither a path ($.…) nor a value that is named above; did you mean \"$email\"?; a text that begins with $ is written {\"constant\": \"$…\"}")]
    [InlineData("{\"email\": \"$email\"}", "{\"emial\": \"$email\"}", "7: defaults.person.identifiers.emial: is not known here; did you mean \"email\"?")]
    [InlineData("\"$.form\"", "\"$.form[\"", "9: topics.lead.formId: is no path that can be followed (Path ended with open indexer); write names and positions such as $.lead.emails[0], or JSONPath")]
    [InlineData("\"$.form\"", "\"@.form\"", "9: topics.lead.formId: begins with @, which stands for an item of each or forEach; there is none here")]
    [InlineData("\"$.form\"", "{\"from\": \"$.form\", \"steps\": [\"lowr\"]}", "9: topics.lead.formId.steps[0]: is not a step; did you mean \"lower\"?")]
    [InlineData("\"$.form\"", "{\"from\": \"$.form\", \"steps\": [{\"match\": \"(\"}]}", "9: topics.lead.formId.steps[0].match: is not a regular expression: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData("\"$.form\"", "{\"from\": \"$.form\", \"steps\": [{\"date\": \"yyyy-MM-dd\"}]}", "9: topics.lead.formId.steps[0].date: tells no zone; add \"zone\": \"Europe/Berlin\" or the like, or {\"setting\": …}")]
    [InlineData("\"$.form\"", "{\"from\": \"$.form\", \"steps\": [{\"date\": \"yyyy-MM-dd\", \"zone\": \"Europe/Berlim\"}]}", "9: topics.lead.formId.steps[0].zone: is no time zone that is known here; write an IANA name, for example \"America/Chicago\"")]
    [InlineData("\"$.form\"", "{\"setting\": \"shop\"}", "9: topics.lead.formId.setting: is not a setting of this kind; did you mean \"shops\"?")]
    [InlineData("\"$.form\"", "{\"header\": \"Authorization\"}", "9: topics.lead.formId.header: holds a secret; headers that are read are kept with the delivery")]
    [InlineData("\"$.form\"", "{}", "9: topics.lead.formId: is not an expression; write one of from, firstOf, constant, setting, header, named")]
    [InlineData("\"$.form\"", "null", "9: topics.lead.formId: is not an expression; write a path, a text, or an object with one of from, firstOf, constant, setting, header, named")]
    [InlineData("\"submissionId\": \"$.id\"", "\"submissionId\": \"$.id\", \"completion\": \"whole\"", "9: topics.lead.completion: is not known here; there are: complete, partial")]
    [InlineData("\"submissionId\": \"$.id\"", "\"submissionId\": \"$.id\", \"score\": \"many\"", "9: topics.lead.score: is not a decimal number, or is too large for one")]
    [InlineData("\"submissionId\": \"$.id\"", "\"submissionId\": \"$.id\", \"occurredAt\": \"2026-11-20T18:00:00Z\"", "9: topics.lead.occurredAt: is a fixed time; every event would have it")]
    [InlineData("{\"hmac\": {\"header\": \"X-Acme\"}}", "{}", "3: verify: is not a proof; write one of hmac, token, oneOf")]
    [InlineData("{\"hmac\": {\"header\": \"X-Acme\"}}", "{\"none\": {}}", "3: verify: is not a proof; write one of hmac, token, oneOf")]
    [InlineData("{\"header\": \"X-Acme\"}", "{\"header\": \"X-Acme\", \"algorithm\": \"md5\"}", "3: verify.hmac.algorithm: is not a hash that is known here; there are: sha1, sha256, sha512")]
    [InlineData("{\"header\": \"X-Acme\"}", "{\"header\": \"X-Acme\", \"signed\": \"{seconds:X-Time}\"}", "3: verify.hmac.signed: does not say what is signed; write {body} once, and {header:NAME}, {seconds:NAME}, {milliseconds:NAME} or {date:NAME} around it, with one time at most")]
    [InlineData("{\"header\": \"X-Acme\"}", "{\"header\": \"X-Acme\", \"toleranceSeconds\": 60}", "3: verify.hmac.toleranceSeconds: has no meaning: no time is signed")]
    [InlineData("\"category\": \"forms\"", "\"category\": \"form\"", "2: category: is not known here; did you mean \"forms\"?")]
    [InlineData("\"body\": \"json\"", "\"body\": \"xml\"", "4: body: is not a format of bodies; there are: form, json")]
    [InlineData("\"type\": \"map\"", "\"type\": \"mapp\"", "5: settings.shops.type: is not a type of settings; did you mean \"map\"?")]
    [InlineData("\"topic\": \"$.type\"", "\"topic\": \"leed\"", "2: topic: is not among the topics; did you mean \"lead\"?")]
    [InlineData("\"topic\": \"$.type\",", "", "1: topic: topic is required")]
    [InlineData("\"topics\"", "\"topcs\"", "1: topics: topics is required\n8: topcs: is not known here; did you mean \"topics\"?")]
    public void Mistake_is_told_with_its_place(string text, string mistake, string errors)
    {
        Declared.Read(Good);
        Assert.Contains(text, Good, StringComparison.Ordinal);
        Assert.Equal(errors, Declared.Errors(Good.Replace(text, mistake, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("acme.json")]
    [InlineData("Acme.connector.json")]
    [InlineData(".connector.json")]
    [InlineData("a b.connector.json")]
    public void File_with_another_name_is_refused(string file) =>
        Assert.Equal($"1: : stands in {file}, which is not the name of a declaration; take lower-case letters, digits and dashes, for example acme.connector.json", Declared.Errors(Good, file));

    [Fact]
    public void Named_value_that_is_wrong_is_told_once_where_it_is_named() =>
        Assert.Equal("6: values.email.steps[0]: is not a step; did you mean \"lower\"?",
            Declared.Errors(Good.Replace("{\"email\": \"$.email\"}", "{\"email\": {\"from\": \"$.email\", \"steps\": [\"lowr\"]}}", StringComparison.Ordinal)));

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_lines()
    {
        var text = Good.Replace("\"forms\"", "\"form\"", StringComparison.Ordinal).Replace("\"FormSubmitted\"", "\"FormSubmited\"", StringComparison.Ordinal).Replace("X-Acme", "X Acme", StringComparison.Ordinal);
        Assert.Equal(["2: category", "3: verify.hmac.header", "9: topics.lead.event"], Declared.Errors(text).Split('\n').Select(error => string.Join(": ", error.Split(": ")[..2])));
    }

    [Fact]
    public void Two_connectors_with_one_key_name_both_places() =>
        Assert.Equal("Connector key 'typeform' is declared by both IntegrationHub.Connectors.Typeform.TypeformConnector and typeform.connector.json.",
            Assert.Throws<InvalidOperationException>(() => ConnectorCatalog.BuiltIn.With([Declared.Read(Good, "typeform.connector.json")])).Message);
}
