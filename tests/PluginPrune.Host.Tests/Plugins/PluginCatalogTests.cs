using System.Text.Json.Nodes;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class PluginCatalogTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Discover_EveryShapeOfFolder_FindsThePluginsAndNothingElse()
    {
        _sandbox.Add("Good", "flat");
        _sandbox.Add("OwnCopy", Path.Combine("fixtures.own-copy", "0.1.0"));
        _sandbox.Add("Good", ".being-installed", manifest => manifest["id"] = "fixtures.hidden");
        Directory.CreateDirectory(Path.Combine(_sandbox.Root, "empty"));
        _sandbox.Add("Good", Path.Combine("far", "too", "deep"), manifest => manifest["id"] = "fixtures.deep");

        PluginCatalog catalog = _sandbox.Catalog();

        catalog.Plugins.Select(plugin => plugin.Id).Should().Equal("fixtures.own-copy", "fixtures.good");
        catalog.Plugins.Should().OnlyContain(plugin => plugin.State == PluginState.Ok);
    }

    [Fact]
    public void Discover_ARootThatIsAPlugin_FindsIt()
    {
        string folder = _sandbox.Add("Good");

        _sandbox.Catalog(folder).Plugins.Should().ContainSingle().Which.Id.Should().Be("fixtures.good");
    }

    [Fact]
    public void Discover_NoRootAtAll_FindsNothing() => _sandbox.Catalog(Path.Combine(_sandbox.Root, "nowhere")).Plugins.Should().BeEmpty();

    [Fact]
    public void Discover_OneFolderThroughTwoRoots_IsOnePlugin()
    {
        _sandbox.Add("Good");

        PluginEntry plugin = _sandbox.Catalog(_sandbox.Root, Path.Combine(_sandbox.Root, "Good")).Plugins.Should().ContainSingle().Subject;

        plugin.Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void Discover_TwoVersions_UsesTheHigherWhereverItLies()
    {
        _sandbox.Add("Good", "first/old", manifest => manifest["version"] = "1.2.0");
        _sandbox.Add("Good", "second/new", manifest => manifest["version"] = "1.10.0");

        PluginCatalog catalog = _sandbox.Catalog(Path.Combine(_sandbox.Root, "first"), Path.Combine(_sandbox.Root, "second"));

        catalog.Usable.Should().ContainSingle().Which.Manifest!.Version.Text.Should().Be("1.10.0");
        PluginEntry old = catalog.Plugins[0];
        old.State.Should().Be(PluginState.Superseded);
        PluginDiagnostic diagnostic = old.Diagnostics.Should().ContainSingle().Subject;
        (diagnostic.Code, diagnostic.Severity).Should().Be((DiagnosticCodes.Superseded, DiagnosticSeverity.Information));
        diagnostic.Message.Should().Contain("1.10.0");
        catalog.Find(ContributionKind.Criterion, "good-random").Plugin!.Folder.Should().EndWith("new");
    }

    [Fact]
    public void Discover_TheHigherVersionIsForAnotherHost_UsesTheLower()
    {
        _sandbox.Add("Good", "old");
        _sandbox.Add("Good", "new", manifest =>
        {
            manifest["version"] = "9.0.0";
            manifest["contracts"] = "^9.0";
        });

        PluginCatalog catalog = _sandbox.Catalog();

        catalog.Plugins.Select(plugin => plugin.State).Should().Equal(PluginState.Incompatible, PluginState.Ok);
        catalog.Find(ContributionKind.Criterion, "good-random").Plugin!.Manifest!.Version.Text.Should().Be("1.2.3-beta.1");
    }

    [Fact]
    public void Discover_OneVersionTwice_UsesTheEarlierRootAndNamesBoth()
    {
        string first = _sandbox.Add("Good", "z/good");
        string second = _sandbox.Add("Good", "a/good");

        PluginCatalog catalog = _sandbox.Catalog(Path.Combine(_sandbox.Root, "z"), Path.Combine(_sandbox.Root, "a"));

        catalog.Plugins.Select(plugin => plugin.State).Should().Equal(PluginState.Ok, PluginState.Conflicting);
        catalog.Usable.Single().Folder.Should().EndWith(Path.Combine("z", "good"));
        foreach (PluginEntry plugin in catalog.Plugins)
        {
            PluginDiagnostic diagnostic = plugin.Diagnostics.Should().ContainSingle().Subject;
            diagnostic.Code.Should().Be(DiagnosticCodes.SamePluginTwice);
            diagnostic.Message.Should().Contain(Tail(first)).And.Contain(Tail(second));
        }
    }

    [Fact]
    public void Find_ANameOfTwoPlugins_IsAnErrorThatNamesBothAndTheWayOut()
    {
        AddTwins();

        ContributionLookup lookup = _sandbox.Catalog().Find(ContributionKind.Criterion, "good-random");

        lookup.Contribution.Should().BeNull();
        PluginDiagnostic diagnostic = lookup.Diagnostics.Should().ContainSingle().Subject;
        (diagnostic.Code, diagnostic.Severity).Should().Be((DiagnosticCodes.NameConflict, DiagnosticSeverity.Error));
        diagnostic.Message.Should().Contain("fixtures.good").And.Contain("fixtures.twin");
        diagnostic.Remedy.Should().Contain("'fixtures.good/good-random'").And.Contain("'fixtures.twin/good-random'");
    }

    [Theory]
    [InlineData("fixtures.good/good-random", "fixtures.good")]
    [InlineData("fixtures.twin/good-random", "fixtures.twin")]
    public void Find_TheFullName_Decides(string name, string expected)
    {
        AddTwins();

        _sandbox.Catalog().Find(ContributionKind.Criterion, name).Contribution!.PluginId.Should().Be(expected);
    }

    [Fact]
    public void Find_ANameOfAnotherKind_IsNoConflict()
    {
        _sandbox.Add("Good", edit: manifest => manifest["contributes"]!["blockCriteria"]![0]!["name"] = "good-random");

        _sandbox.Catalog().Find(ContributionKind.Criterion, "good-random").Diagnostics.Should().BeEmpty();
        _sandbox.Catalog().FindNameConflicts().Should().BeEmpty();
    }

    [Fact]
    public void Find_ATypo_SuggestsTheNearestName()
    {
        _sandbox.Add("Good");

        PluginDiagnostic diagnostic = _sandbox.Catalog().Find(ContributionKind.Criterion, "god-radnom").Diagnostics.Should().ContainSingle().Subject;

        diagnostic.Code.Should().Be(DiagnosticCodes.NameUnknown);
        diagnostic.Message.Should().Contain("criterion 'god-radnom'");
        diagnostic.Remedy.Should().Be("Did you mean 'good-random'?");
    }

    [Fact]
    public void Find_NothingAlike_ListsWhatThereIs()
    {
        _sandbox.Add("Good");

        _sandbox.Catalog().Find(ContributionKind.Criterion, "zebra").Diagnostics.Single().Remedy
            .Should().Be("There are: good-alpha, good-omega, good-random.");
    }

    [Fact]
    public void Find_ANameOfAPluginForAnotherHost_TellsThatFirst()
    {
        _sandbox.Add("Newer");

        ContributionLookup lookup = _sandbox.Catalog().Find(ContributionKind.Criterion, "newer");

        lookup.Diagnostics.Select(diagnostic => diagnostic.Code).Should().Equal(DiagnosticCodes.ContractsRange, DiagnosticCodes.NameUnknown);
        lookup.Diagnostics[1].Message.Should().Contain("fixtures.newer").And.Contain(DiagnosticCodes.ContractsRange);
    }

    [Fact]
    public void Find_ANameOfAPluginWithAFaultyManifest_TellsThatFirst()
    {
        _sandbox.Add("Good", edit: manifest => manifest["version"] = "latest");

        ContributionLookup lookup = _sandbox.Catalog().Find(ContributionKind.Criterion, "good-random");

        lookup.Diagnostics[0].JsonPath.Should().Be("$.version");
        lookup.Diagnostics[1].Code.Should().Be(DiagnosticCodes.NameUnknown);
    }

    [Fact]
    public void Contributions_ComeFromManifestsAlone_NothingIsLoaded()
    {
        _sandbox.Add("Good");
        _sandbox.Add("OwnCopy");
        _sandbox.AddEvil("BreachPlugin", "breach");
        PluginHost host = _sandbox.Host();

        string[] names = [.. host.Contributions(ContributionKind.Criterion).Select(info => info.FullName)];
        host.Catalog.Find(ContributionKind.Criterion, "breach").Diagnostics.Should().BeEmpty();
        host.Catalog.FindNameConflicts().Should().BeEmpty();

        names.Should().Equal("fixtures.good/good-random", "fixtures.good/good-alpha", "fixtures.good/good-omega", "fixtures.own-copy/own-copy", "fixtures.evil/breach");
        string sandbox = Path.GetFileName(Path.GetDirectoryName(_sandbox.Root)!);
        AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).Select(assembly => assembly.Location)
            .Should().NotContain(location => location.Contains(sandbox, StringComparison.Ordinal));
    }

    [Fact]
    public void Contributions_OfAFormat_HaveTheirExtensions()
    {
        _sandbox.Add("Good");

        _sandbox.Catalog().Contributions(ContributionKind.Format).Should().ContainSingle().Which.Extensions.Should().Equal(".good", ".txt");
    }

    private static string Tail(string folder) => string.Join(Path.DirectorySeparatorChar, folder.Split(Path.DirectorySeparatorChar)[^3..]);

    private void AddTwins()
    {
        _sandbox.Add("Good");
        _sandbox.Add("Good", "twin", static (JsonObject manifest) => manifest["id"] = "fixtures.twin");
    }
}
