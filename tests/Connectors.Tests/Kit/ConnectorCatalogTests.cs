using System.Reflection;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class ConnectorCatalogTests
{
    [Fact]
    public void Built_in_connectors_are_all_found_sorted_by_key()
    {
        var declared = typeof(ConnectorCatalog).Assembly.GetTypes()
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<ConnectorAttribute>())).Where(connector => connector.Attribute is not null).ToList();
        Assert.NotEmpty(declared);
        Assert.Equal(declared.OrderBy(connector => connector.Attribute!.Key, StringComparer.Ordinal).Select(connector => connector.Type), ConnectorCatalog.BuiltIn.All.OfType<WrittenConnector>().Select(connector => connector.Type));
        foreach (var (type, attribute) in declared)
        {
            var description = Assert.IsType<WrittenConnector>(ConnectorCatalog.BuiltIn.Find(attribute!.Key));
            Assert.Equal((attribute.Key, attribute.Name, attribute.Category, type), (description.Key, description.Name, description.Category, description.Type));
            Assert.True(description.SettingsType.IsSubclassOf(typeof(ConnectorSettings)));
            Assert.True(description.SettingsType.IsSealed, $"{description.SettingsType} is not sealed.");
            Assert.Matches("^[a-z][a-z0-9-]*$", description.Key);
        }
    }

    [Fact]
    public void Every_simulator_plays_a_connector_of_the_catalog()
    {
        var simulators = typeof(ConnectorCatalog).Assembly.GetTypes().Where(type => type.IsClass && typeof(IWebhookSimulator).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null).ToList();
        Assert.NotEmpty(simulators);
        var played = ConnectorCatalog.BuiltIn.All.Select(connector => ConnectorCatalog.BuiltIn.Simulator(connector.Key)).OfType<IWebhookSimulator>().Where(simulator => simulators.Contains(simulator.GetType())).ToList();
        Assert.Equal(simulators.OrderBy(type => type.FullName, StringComparer.Ordinal), played.Select(simulator => simulator.GetType()).OrderBy(type => type.FullName, StringComparer.Ordinal));
        Assert.All(played, simulator => Assert.Same(simulator, ConnectorCatalog.BuiltIn.Simulator(simulator.Connector)));
    }

    [Fact]
    public void Key_is_looked_up_exactly()
    {
        var catalog = Of(typeof(Alpha), typeof(Beta), typeof(string));
        Assert.Equal(["alpha", "beta"], catalog.All.Select(connector => connector.Key));
        Assert.Equal(typeof(Alpha), (catalog.Find("alpha") as WrittenConnector)?.Type);
        Assert.Null(catalog.Find("Alpha"));
        Assert.Null(catalog.Find(""));
        Assert.Null(catalog.Simulator("alpha"));
    }

    [Fact]
    public void Catalog_of_an_assembly_without_connectors_is_empty() => Assert.Empty(Of(typeof(string)).All);

    [Fact]
    public void Two_connectors_with_one_key_stop_the_start() =>
        Assert.Equal($"Connector key 'alpha' is declared by both {typeof(Alpha)} and {typeof(AnotherAlpha)}.",
            Assert.Throws<InvalidOperationException>(() => Of(typeof(Beta), typeof(Alpha), typeof(AnotherAlpha))).Message);

    [Theory]
    [InlineData(typeof(WithoutParameters))]
    [InlineData(typeof(WithTwoParameters))]
    [InlineData(typeof(WithoutSettings))]
    [InlineData(typeof(WithTheBaseSettings))]
    [InlineData(typeof(WithPrivateConstructor))]
    [InlineData(typeof(WithTwoConstructors))]
    [InlineData(typeof(WithTwoConstructorsOfOneParameter))]
    public void Connector_with_any_other_constructor_stops_the_start(Type type) =>
        Assert.Equal($"{type} needs one public constructor, which takes its settings record and nothing else.",
            Assert.Throws<InvalidOperationException>(() => Of(type)).Message);

    [Fact]
    public void Abstract_class_is_no_connector() => Assert.Empty(Of(typeof(AbstractConnector)).All);

    [Fact]
    public void Attribute_is_not_inherited() => Assert.Equal([typeof(Open)], Of(typeof(Open), typeof(Derived)).All.OfType<WrittenConnector>().Select(connector => connector.Type));

    [Fact]
    public void Simulator_is_created_and_found_by_its_key()
    {
        var catalog = Of(typeof(Alpha), typeof(AlphaSimulator));
        Assert.IsType<AlphaSimulator>(catalog.Simulator("alpha"));
        Assert.Null(catalog.Simulator("beta"));
    }

    [Fact]
    public void Connector_is_created_from_its_bound_settings()
    {
        var description = Of(typeof(Alpha)).All.Single();
        var settings = description.Bind(JObject.Parse("""{"account": "a", "defaultCountry": "NO"}"""), out var errors);
        Assert.Equal([], errors);
        var connector = Assert.IsType<Alpha>(description.Create(settings!));
        Assert.Equal(new AlphaSettings { Account = "a", DefaultCountry = "NO" }, connector.Settings);
    }

    [Fact]
    public void Settings_with_errors_are_not_bound()
    {
        Assert.Null(Of(typeof(Alpha)).All.Single().Bind([], out var errors));
        Assert.Equal([new SettingsError("account", 0, "account is required")], errors);
    }

    [Fact]
    public void Refusal_of_the_connector_is_passed_on()
    {
        var description = Of(typeof(Refusing)).All.Single();
        var error = Assert.Throws<TargetInvocationException>(() => description.Create(new AlphaSettings { Account = "a" }));
        Assert.Equal("Account a is closed.", error.InnerException?.Message);
    }

    private static ConnectorCatalog Of(params Type[] types) => new(new TypesAssembly(types));

    private sealed class TypesAssembly(Type[] types) : Assembly
    {
        public override Type[] GetTypes() => types;
    }

    private sealed record AlphaSettings : ConnectorSettings
    {
        public required string Account { get; init; }
    }

    [Connector("alpha", "Alpha", ConnectorCategory.Crm)]
    private sealed class Alpha(AlphaSettings settings)
    {
        public AlphaSettings Settings => settings;
    }

    [Connector("alpha", "Another alpha", ConnectorCategory.Crm)]
    private sealed class AnotherAlpha(AlphaSettings settings)
    {
        public AlphaSettings Settings => settings;
    }

    [Connector("beta", "Beta", ConnectorCategory.Email)]
    private sealed class Beta(AlphaSettings settings)
    {
        public AlphaSettings Settings => settings;
    }

    [Connector("refusing", "Refusing", ConnectorCategory.Crm)]
    private sealed class Refusing
    {
        public Refusing(AlphaSettings settings) => throw new FormatException($"Account {settings.Account} is closed.");
    }

    private sealed class AlphaSimulator : IWebhookSimulator
    {
        public string Connector => "alpha";

        public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation) => [];
    }

    [Connector("c", "C", ConnectorCategory.Crm)]
    private sealed class WithoutParameters;

    [Connector("c", "C", ConnectorCategory.Crm)]
    private sealed class WithTwoParameters(AlphaSettings settings, string name)
    {
        public string Name => settings.Account + name;
    }

    [Connector("c", "C", ConnectorCategory.Crm)]
    private sealed class WithoutSettings(string name)
    {
        public string Name => name;
    }

    [Connector("c", "C", ConnectorCategory.Crm)]
    private sealed class WithTheBaseSettings(ConnectorSettings settings)
    {
        public ConnectorSettings Settings => settings;
    }

    [Connector("c", "C", ConnectorCategory.Crm)]
    private sealed class WithPrivateConstructor
    {
        private WithPrivateConstructor(AlphaSettings settings) => Settings = settings;

        public AlphaSettings Settings { get; }
    }

    [Connector("c", "C", ConnectorCategory.Crm)]
    private sealed class WithTwoConstructors
    {
        public WithTwoConstructors()
        {
        }

        public WithTwoConstructors(AlphaSettings settings) => Settings = settings;

        public AlphaSettings? Settings { get; }
    }

    [Connector("c", "C", ConnectorCategory.Crm)]
    private sealed class WithTwoConstructorsOfOneParameter
    {
        public WithTwoConstructorsOfOneParameter(string name) => Name = name;

        public WithTwoConstructorsOfOneParameter(AlphaSettings settings) => Name = settings.Account;

        public string Name { get; }
    }

    [Connector("c", "C", ConnectorCategory.Crm)]
    private abstract class AbstractConnector;

    [Connector("open", "Open", ConnectorCategory.Crm)]
    private class Open(AlphaSettings settings)
    {
        public AlphaSettings Settings => settings;
    }

    private sealed class Derived(AlphaSettings settings) : Open(settings);
}
