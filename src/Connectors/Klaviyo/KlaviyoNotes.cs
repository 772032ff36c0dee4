using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>What the person wrote: text messages and reviews. Klaviyo documents no names for the words, so the likely ones are tried.</summary>
internal static class KlaviyoNotes
{
    /// <summary>The person sent a text message: Klaviyo's "sent" is the person's.</summary>
    public static Normalization Texted(KlaviyoEvent told) =>
        told.Text("Message Body", "Message", "Body", "Text") is { } text ? Note(told, text) : told.Ignored("a text message of the person, without its words");

    /// <summary>The person reviewed or rated a product.</summary>
    public static Normalization Reviewed(KlaviyoEvent told)
    {
        var rating = told.Scalar("Rating", "rating", "review_rating") is { } stars ? $"{stars} of 5" : null;
        var product = told.Text("Product Name", "ProductName", "product_name", "Product Title", "product_title");
        var words = new[]
        {
            string.Join(" for ", new[] { rating, product }.OfType<string>()),
            told.Text("Title", "title", "Review Title", "review_title"),
            told.Text("Content", "content", "Review Content", "review_content", "Body", "body"),
        };
        if (rating is null && words[1] is null && words[2] is null) return told.Ignored("a review without a rating or words");
        return Note(told, "Review: " + string.Join(". ", words.Where(word => !string.IsNullOrEmpty(word))));
    }

    /// <summary>A metric of the business's own that is a note, such as a question or a reply.</summary>
    public static Normalization Told(KlaviyoEvent told) =>
        told.Text("Note", "note", "Message", "message", "Text", "text", "Body", "body") is { } text ? Note(told, text) : told.Ignored("a note without words");

    private static Normalization Note(KlaviyoEvent told, string text) =>
        Normalization.Of(told.Key, new NoteAdded { OccurredAt = told.Time, Person = told.Person, Source = told.Source, NoteId = told.Id, Text = text });
}
