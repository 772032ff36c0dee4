using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Platform events of the organization's own: <c>Name__e</c> tells an order, a form or a person, and <c>Name__e.Field__c</c> what each field of it is.</summary>
internal sealed class SalesforcePlatformEvents(IReadOnlyDictionary<string, string> meanings)
{
    public const string Topic = "event";

    /// <summary>What an event can tell.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["orderPlaced", "formSubmitted", "contactObserved"];

    /// <summary>What a field can be, besides <c>answer</c> and <c>custom.&lt;name&gt;</c>.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["id", "time", "record", "user", "email", "phone", "firstName", "lastName", "fullName", "company", "amount", "currency", "promoCode", "answer"];

    private const string Custom = "custom.";

    public static bool IsPart(string part) => Parts.Contains(part, StringComparer.Ordinal) || (part.StartsWith(Custom, StringComparison.Ordinal) && part.Length > Custom.Length);

    /// <summary>The event's name, told by the event or by its channel.</summary>
    public static string NameOf(Payload told) =>
        told["data"]["event"]["EventApiName"].Text() ?? told["channel"].Text()?.Split('/')[^1] ?? throw told["data"]["event"]["EventApiName"].Missing();

    public Normalization Read(Payload told)
    {
        var name = NameOf(told);
        if (!meanings.TryGetValue(name, out var kind)) return new Normalization.Ignored($"{Topic}/{name}", "platformEvents does not say what this event tells");
        var (payload, uuid) = (told["data"]["payload"], told["data"]["event"]["EventUuid"].RequiredText());
        Payload? Part(string part) => Fields(name, part).Select(field => payload[field]).FirstOrDefault(value => value.Exists);
        var id = Part("id")?.Scalar() ?? uuid;
        var at = Part("time")?.RequiredTime() ?? payload["CreatedDate"].RequiredTime();
        var (person, source) = (PersonOf(name, payload, Part), new SourceReference { ObjectType = name, ObjectId = id });
        List<Fact> facts =
        [
            kind switch
            {
                "orderPlaced" => new Fact($"{name}/{id}", new OrderPlaced { OccurredAt = at, Person = person, Source = source, OrderId = id, Number = Part("id")?.Scalar(), PlacedAt = at, Total = Total(Part) }),
                "formSubmitted" => new Fact($"{name}/{id}", new FormSubmitted { OccurredAt = at, Person = person, Source = source, FormId = name, SubmissionId = id, Answers = [.. Answers(name, payload)] }),
                _ => new Fact($"{name}/{id}/{SalesforceTime.Key(at)}", new ContactObserved { OccurredAt = at, Person = person, Source = source }),
            },
        ];
        if (kind == "orderPlaced" && Part("promoCode")?.Text() is { } code) facts.Add(new Fact($"{name}/{id}/promo/{code}", new PromoUsed { OccurredAt = at, Person = person, Source = source, Code = code, OrderId = id }));
        return Normalization.Of(facts);
    }

    private Person PersonOf(string name, Payload payload, Func<string, Payload?> part)
    {
        List<Identifier> identifiers = [];
        if (part("record") is { } record) identifiers.Add(Identifier.Customer(SalesforceId.Of(record.Text(), record.Path)));
        if (part("user")?.Scalar() is { } user) identifiers.Add(Identifier.User(user));
        if (part("email")?.Text() is { } email) identifiers.Add(Identifier.Email(email));
        if (part("phone")?.Text() is { } phone) identifiers.Add(Identifier.Phone(phone));
        return new Person
        {
            Identifiers = identifiers,
            FirstName = part("firstName")?.Text(),
            LastName = part("lastName")?.Text(),
            FullName = part("fullName")?.Text(),
            Company = part("company")?.Text(),
            Custom = Customs(name, payload).ToDictionary(told => told.Name, told => told.Value, StringComparer.Ordinal),
        };
    }

    private IEnumerable<(string Name, string Value)> Customs(string name, Payload payload)
    {
        foreach (var (key, part) in Of(name).Where(field => field.Part.StartsWith(Custom, StringComparison.Ordinal)).DistinctBy(field => field.Part, StringComparer.Ordinal))
        {
            if (payload[key].Scalar() is { } value) yield return (part[Custom.Length..], value);
        }
    }

    private IEnumerable<FormAnswer> Answers(string name, Payload payload)
    {
        foreach (var field in Fields(name, "answer"))
        {
            if (payload[field].Scalar() is { } value) yield return new FormAnswer { Key = field, Value = value };
        }
    }

    private static Money? Total(Func<string, Payload?> part) => (part("amount"), part("currency")) is ({ } amount, { } currency) ? Amounts.Major(amount, currency) : null;

    private IEnumerable<string> Fields(string name, string part) => Of(name).Where(field => field.Part == part).Select(field => field.Field);

    private IEnumerable<(string Field, string Part)> Of(string name) =>
        meanings.Where(entry => entry.Key.StartsWith(name + ".", StringComparison.Ordinal)).Select(entry => (entry.Key[(name.Length + 1)..], entry.Value));
}

/// <summary>Accepts a mapping of platform events and their fields that <see cref="SalesforcePlatformEvents"/> can read.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SalesforcePlatformEventsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> events) return ValidationResult.Success;
        var problem = string.Join("; ", events.Select(entry => Problem(entry.Key, entry.Value, events)).OfType<string>());
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }

    private static string? Problem(string key, string meaning, IReadOnlyDictionary<string, string> events) => key.Split('.') switch
    {
        [var name] when !name.EndsWith("__e", StringComparison.Ordinal) => $"\"{name}\" is not the API name of a platform event, which ends in __e",
        [_] => SalesforcePlatformEvents.Kinds.Contains(meaning, StringComparer.Ordinal) ? null : $"maps \"{key}\" to \"{meaning}\"{SettingsBinder.Suggestion(meaning, SalesforcePlatformEvents.Kinds)}",
        [var name, _] when !events.ContainsKey(name) => $"maps \"{key}\", and does not say what \"{name}\" tells",
        [_, _] => SalesforcePlatformEvents.IsPart(meaning) ? null : $"maps \"{key}\" to \"{meaning}\"{SettingsBinder.Suggestion(meaning, SalesforcePlatformEvents.Parts)}",
        _ => $"\"{key}\" is neither Name__e nor Name__e.Field__c",
    };
}
