using System.Text.Json.Nodes;
using PluginPrune.Contracts.Options;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>The manifests that the build wrote, of the fixtures and of every plugin in this repository.</summary>
public sealed class GeneratedManifestTests
{
    private static readonly MiniSchema Schema = MiniSchema.Load(Path.Combine(AppContext.BaseDirectory, "plugin.schema.json"));

    public static TheoryData<string> BuiltIns => [.. Manifests("builtins")];

    public static TheoryData<string> All => [.. Manifests("builtins"), .. Manifests("fixtures")];

    [Fact]
    public void BuiltIns_AreThere() =>
        Manifests("builtins").Select(folder => Path.GetFileName(folder)).Should().Contain(["PluginPrune.CriterionBn", "PluginPrune.EngineManaged", "PluginPrune.FormatDarknet", "PluginPrune.HeadYolo"]);

    [Theory]
    [MemberData(nameof(All))]
    public void AManifest_FitsTheSchema(string folder) => Schema.Validate(Parse(folder)).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(All))]
    public void AManifest_IsReadWithoutAWarning(string folder)
    {
        ManifestReading reading = ManifestReader.Read(ManifestOf(folder));

        reading.Diagnostics.Should().BeEmpty();
        reading.Manifest.Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AManifest_IsFormattedTheSameEverywhere(string folder)
    {
        string text = File.ReadAllText(ManifestOf(folder));

        text.Should().StartWith("{\n  \"manifestVersion\": 1,\n  \"id\": \"").And.EndWith("}\n").And.NotContain("\r").And.NotContain("\t");
    }

    [Theory]
    [MemberData(nameof(BuiltIns))]
    public void ABuiltIn_LoadsWithoutADiagnosticAndItsManifestIsItsOptions(string folder)
    {
        PluginHost host = HostOf(folder);
        PluginEntry plugin = host.Catalog.Plugins.Should().ContainSingle().Subject;

        PluginActivation activation = host.Activate(plugin);

        activation.Diagnostics.Should().BeEmpty();
        AssertSame(plugin, activation);
    }

    [Fact]
    public void TheGoodFixture_HasEveryTypeOfOptionAsItWasCompiled()
    {
        PluginHost host = HostOf(PluginSandbox.Fixture("Good"));
        PluginEntry plugin = host.Catalog.Plugins.Single();

        AssertSame(plugin, host.Activate(plugin));
        plugin.Manifest!.Contributions[0].Options.Select(option => (option.Name, option.Type, option.Default)).Should().Equal(
            ("global-percent", OptionType.Number, "0.25"),
            ("offset", OptionType.Integer, "3"),
            ("epsilon", OptionType.Number, "1E-07"),
            ("invert", OptionType.Boolean, "false"),
            ("coupling", OptionType.Choice, "l2"),
            ("second-coupling", OptionType.Choice, null),
            ("file", OptionType.Text, null));
        plugin.Manifest.Version.Text.Should().Be("1.2.3-beta.1");
        plugin.Manifest.Contracts.Should().Be(new ContractsRange(0, 1));
        plugin.Manifest.Capabilities.Should().Equal("native");
    }

    [Theory]
    [MemberData(nameof(BuiltIns))]
    public void ABuiltIn_BringsItsDependencyListAndNoContracts(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))];

        files.Should().Contain(Path.GetFileName(folder) + ".deps.json");
        files.Should().NotContain(["PluginPrune.Contracts.dll", "PluginPrune.Core.dll"]);
    }

    [Theory]
    [InlineData("id", "Acme")]
    [InlineData("contracts", "^0.1")]
    [InlineData("version", "1")]
    [InlineData("extra", "key")]
    public void TheSchema_RefusesWhatTheReaderRefuses(string key, string value)
    {
        JsonObject manifest = Parse(PluginSandbox.Fixture("Good"));
        manifest[key] = value;

        Schema.Validate(manifest).Should().NotBeEmpty();
    }

    [Fact]
    public void TheSchema_LooksIntoOptions()
    {
        JsonObject manifest = Parse(PluginSandbox.Fixture("Good"));
        manifest["contributes"]!["criteria"]![0]!["options"]!["offset"]!["type"] = "int";

        Schema.Validate(manifest).Should().ContainSingle().Which.Should().StartWith("$.contributes.criteria[0].options.offset.type: enum");
    }

    private static void AssertSame(PluginEntry plugin, PluginActivation activation)
    {
        var compiled = activation.Plugin!.Contributions.Select(contribution => new
        {
            contribution.Kind,
            contribution.Name,
            contribution.Summary,
            contribution.Extensions,
            Options = OptionDescriptor.Of(contribution.OptionsType),
        });
        plugin.Manifest!.Contributions.Should().BeEquivalentTo(compiled);
    }

    private static PluginHost HostOf(string folder) =>
        new(PluginCatalog.Discover(new PluginRoots([new PluginRoot(folder, PluginRootKind.CommandLine)], [])));

    private static JsonObject Parse(string folder) => JsonNode.Parse(File.ReadAllText(ManifestOf(folder)))!.AsObject();

    private static string ManifestOf(string folder) => Path.Combine(folder, ManifestReader.FileName);

    private static IEnumerable<string> Manifests(string kind) =>
        Directory.EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, kind))
            .Where(folder => File.Exists(ManifestOf(folder)))
            .Order(StringComparer.Ordinal);
}
