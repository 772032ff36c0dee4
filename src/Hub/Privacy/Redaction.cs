using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Takes the identifiers of somebody erased out of an event about somebody else, and the attributes that repeat them.</summary>
internal static class Redaction
{
    /// <param name="erased">Names of the nodes that are erased.</param>
    public static ContactEvent Of(ContactEvent contactEvent, IReadOnlySet<string> erased, IdentityRules rules)
    {
        var person = contactEvent.Person;
        var gone = person.Identifiers.Select(identifier => (Identifier: identifier, Node: rules.Node(identifier, contactEvent.Connection)))
            .Where(named => named.Node is { } node && erased.Contains(node.Name)).ToList();
        var values = gone.SelectMany(named => new[] { named.Identifier.Value, named.Node?.Value ?? named.Identifier.Value }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string? Keep(string? value) => value is not null && values.Contains(value.Trim()) ? null : value;
        return contactEvent with
        {
            Person = person with
            {
                Identifiers = [.. person.Identifiers.Except(gone.Select(named => named.Identifier))],
                FirstName = Keep(person.FirstName),
                LastName = Keep(person.LastName),
                FullName = Keep(person.FullName),
                Company = Keep(person.Company),
                JobTitle = Keep(person.JobTitle),
                Street = Keep(person.Street),
                City = Keep(person.City),
                Region = Keep(person.Region),
                PostalCode = Keep(person.PostalCode),
                Country = Keep(person.Country),
                Website = Keep(person.Website),
                Tags = [.. person.Tags.Where(tag => Keep(tag) is not null)],
                RemovedTags = [.. person.RemovedTags.Where(tag => Keep(tag) is not null)],
                Custom = person.Custom.Where(entry => Keep(entry.Value) is not null).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
            },
        };
    }
}
