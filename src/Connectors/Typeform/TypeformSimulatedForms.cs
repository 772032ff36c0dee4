using System.Text.Json;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>A question of a simulated form.</summary>
internal sealed record SimulatedQuestion(string Id, string Ref, string Type, string Title, params string[] Choices);

/// <summary>A simulated form.</summary>
internal sealed record SimulatedForm(string Id, string Title, SimulatedQuestion[] Questions, string EndingId, string EndingRef, string EndingTitle)
{
    public static SimulatedForm Enquiry { get; } = new("Ws5kQe8n", "Workshop enquiry",
    [
        new("eNq7aB1cD2e0", "first_name", "short_text", "What is your *first name*?"),
        new("eNq7aB1cD2e1", "last_name", "short_text", "And your last name, {{field:first_name}}?"),
        new("eNq7aB1cD2e2", "email", "email", "Thanks {{field:first_name}}, where can we write to you?"),
        new("eNq7aB1cD2e3", "phone", "phone_number", "Under which number can we reach you?"),
        new("eNq7aB1cD2e4", "company", "short_text", "Which company are you with?"),
        new("eNq7aB1cD2e5", "city", "short_text", "Where are you based?"),
        new("eNq7aB1cD2e6", "country", "short_text", "In which country?"),
        new("eNq7aB1cD2e7", "team_size", "multiple_choice", "How large is your team?", "1-9 people", "10-49 people", "50-249 people", "250 people or more"),
        new("eNq7aB1cD2e8", "topics", "multiple_choice", "Which topics interest you?", "Pricing", "Retention", "Deliverability", "Segmentation"),
        new("eNq7aB1cD2e9", "newsletter_opt_in", "yes_no", "May we e-mail you our newsletter?"),
        new("eNq7aB1cD2ea", "terms", "legal", "I accept the terms"),
        new("eNq7aB1cD2eb", "start_date", "date", "When would you like to start?"),
        new("eNq7aB1cD2ec", "nps", "nps", "How likely are you to recommend us?"),
    ], "eNdWs5kQe8n1", "thanks", "Thank you, we will be in touch!");

    public static SimulatedForm Quiz { get; } = new("Lq3hTz6m", "List health quiz",
    [
        new("qUz4fG5hJ6k0", "frequency", "multiple_choice", "How often do you send campaigns?", "Weekly", "Monthly", "Less often"),
        new("qUz4fG5hJ6k1", "hygiene", "rating", "Rate your list hygiene"),
        new("qUz4fG5hJ6k2", "bounces", "opinion_scale", "How many of a hundred e-mails bounce?"),
        new("qUz4fG5hJ6k3", "email", "email", "Where do we send the result?"),
    ], "eNdLq3hTz6m1", "outcome_growing", "Your list is growing");

    public static SimulatedForm Deposit { get; } = new("Dp9vXc2b", "Workshop deposit",
    [
        new("dEp1lM2nO3p0", "full_name", "short_text", "Your name"),
        new("dEp1lM2nO3p1", "email", "email", "Where do we send the receipt?"),
        new("dEp1lM2nO3p2", "deposit", "payment", "Pay the deposit"),
    ], "eNdDp9vXc2b1", "paid", "See you at the workshop");

    public SimulatedQuestion Question(string reference) => Questions.Single(question => question.Ref == reference);

    /// <summary>Writes <c>form_response.definition</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("definition");
        json.WriteString("id", Id);
        json.WriteString("title", Title);
        json.WriteStartArray("fields");
        foreach (var question in Questions) Write(json, question);
        json.WriteEndArray();
        json.WriteStartArray("endings");
        json.WriteStartObject();
        json.WriteString("id", EndingId);
        json.WriteString("ref", EndingRef);
        json.WriteString("title", EndingTitle);
        json.WriteString("type", "thankyou_screen");
        json.WriteStartObject("properties");
        json.WriteBoolean("show_button", false);
        json.WriteBoolean("share_icons", false);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("settings");
        json.WriteBoolean("partial_responses_to_all_integrations", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SimulatedQuestion question)
    {
        json.WriteStartObject();
        json.WriteString("id", question.Id);
        json.WriteString("ref", question.Ref);
        json.WriteString("type", question.Type);
        json.WriteString("title", question.Title);
        json.WriteStartObject("properties");
        json.WriteEndObject();
        if (question.Choices.Length > 0)
        {
            json.WriteStartArray("choices");
            for (var i = 0; i < question.Choices.Length; i++)
            {
                json.WriteStartObject();
                json.WriteString("id", ChoiceId(question, i));
                json.WriteString("ref", $"{question.Ref}_{i + 1}");
                json.WriteString("label", question.Choices[i]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>Id of a choice: 12 characters, as Typeform's are.</summary>
    public static string ChoiceId(SimulatedQuestion question, int choice) => $"{question.Id[1..]}{(char)('P' + choice)}";
}
