using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>Each way to be broken has its code, names the plugin and the remedy, and leaves the host and other plugins alone.</summary>
public sealed class BrokenPluginTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("ThrowsInConstructor", DiagnosticCodes.ConstructorThrew, "InvalidOperationException: the constructor is broken")]
    [InlineData("ThrowsInRegister", DiagnosticCodes.RegisterThrew, "NotSupportedException: Register is broken")]
    [InlineData("ThrowsInStaticConstructor", DiagnosticCodes.RegisterThrew, "FormatException")]
    [InlineData("RegistersNull", DiagnosticCodes.RegistrationNotAllowed, "added null")]
    [InlineData("RegistersTwice", DiagnosticCodes.RegistrationNotAllowed, "'twice' twice")]
    [InlineData("NeedsLibrary", DiagnosticCodes.DependencyMissing, "Fixtures.Library (version 0.1.0.0)")]
    [InlineData("NeedsHost", DiagnosticCodes.HostPrivateAssembly, "PluginPrune.Core")]
    [InlineData("NeedsNative", DiagnosticCodes.NativeLibraryMissing, "fixture_native")]
    [InlineData("ClimbsOut", DiagnosticCodes.OutsideFolder, "../outside/")]
    [InlineData("NotThere", DiagnosticCodes.EntryTypeUnusable, "is not in the assembly")]
    [InlineData("NotAPlugin", DiagnosticCodes.EntryTypeUnusable, "does not implement IPlugin")]
    [InlineData("StillNotAPlugin", DiagnosticCodes.EntryTypeUnusable, "does not implement IPlugin")]
    [InlineData("AbstractPlugin", DiagnosticCodes.EntryTypeUnusable, "is abstract")]
    [InlineData("HiddenPlugin", DiagnosticCodes.EntryTypeUnusable, "is not public")]
    [InlineData("NeedsArgument", DiagnosticCodes.EntryTypeUnusable, "has no public constructor without parameters")]
    [InlineData("BreachPlugin", DiagnosticCodes.ManifestLies, "lists criterion 'any', which Register does not add")]
    public void Create_FromAPluginThatMisbehaves_IsADiagnostic(string entryType, string code, string message)
    {
        _sandbox.AddEvil(entryType, "any");

        PluginDiagnostic diagnostic = Fail("any");

        diagnostic.Code.Should().Be(code);
        diagnostic.PluginId.Should().Be("fixtures.evil");
        diagnostic.Severity.Should().Be(DiagnosticSeverity.Error);
        diagnostic.Message.Should().Contain(message);
        diagnostic.Remedy.Should().EndWith(".");
        HostGoesOn();
    }

    [Fact]
    public void Create_FromAManifestThatHidesContributions_NamesThem()
    {
        _sandbox.AddEvil("BreachPlugin", "breach", "throws");

        PluginDiagnostic diagnostic = Fail("breach");

        diagnostic.Code.Should().Be(DiagnosticCodes.ManifestLies);
        diagnostic.Message.Should().Contain("adds block criterion 'breach', criterion 'null', criterion 'other', which the manifest does not list");
    }

    [Theory]
    [InlineData("throws", DiagnosticCodes.CreationThrew, "InvalidOperationException: no criterion today")]
    [InlineData("null", DiagnosticCodes.WrongService, "null where an IPruningCriterion is wanted")]
    [InlineData("other", DiagnosticCodes.WrongService, "System.Object where an IPruningCriterion is wanted")]
    public void Create_WhatCannotBeMade_IsADiagnostic(string name, string code, string message)
    {
        _sandbox.AddEvil("BreachPlugin", "breach", "throws", "null", "other");
        AddBlockBreach();

        PluginDiagnostic diagnostic = Fail(name);

        diagnostic.Code.Should().Be(code);
        diagnostic.PluginId.Should().Be("fixtures.evil");
        diagnostic.Message.Should().Contain(message).And.Contain($"'{name}'");
        HostGoesOn();
    }

    [Fact]
    public void Create_FromAPluginForNewerContracts_SaysWhichAreNeededAndWhichAreThere()
    {
        _sandbox.Add("Newer");

        PluginDiagnostic diagnostic = Fail("newer");

        diagnostic.Code.Should().Be(DiagnosticCodes.ContractsRange);
        diagnostic.Message.Should().Contain("needs contracts 0.2").And.Contain("this host has 0.1");
        diagnostic.Remedy.Should().StartWith("Update the host to one with contracts 0.2");
        HostGoesOn();
    }

    [Fact]
    public void Create_FromAManifestThatHidesNewerContracts_IsFoundInTheCompiledReference()
    {
        _sandbox.Add("Newer", edit: manifest => manifest["contracts"] = "0.1");

        PluginDiagnostic diagnostic = Fail("newer");

        diagnostic.Code.Should().Be(DiagnosticCodes.ContractsReference);
        diagnostic.Message.Should().Contain("compiled with contracts 0.2");
        HostGoesOn();
    }

    [Fact]
    public void Create_FromAPluginWithItsOwnContracts_UsesTheHostsAndWarns()
    {
        _sandbox.Add("OwnCopy");
        PluginHost host = _sandbox.Host();

        IPruningCriterion criterion = Create(host, "own-copy").GetOrThrow();

        criterion.Decide(TestNetwork.Context(), CancellationToken.None).Masks!.Count.Should().Be(2);
        PluginActivation activation = host.Activate(host.Catalog.Plugins[0]);
        activation.Plugin!.Context.Assemblies.Select(assembly => assembly.GetName().Name).Should().Equal("Fixtures.OwnCopy");
        PluginDiagnostic diagnostic = activation.Diagnostics.Should().ContainSingle().Subject;
        (diagnostic.Code, diagnostic.Severity).Should().Be((DiagnosticCodes.OwnContracts, DiagnosticSeverity.Warning));
    }

    [Fact]
    public void Create_WithoutTheEntryAssembly_IsADiagnostic()
    {
        File.Delete(Path.Combine(_sandbox.Add("Good"), "Fixtures.Good.dll"));

        Fail("good-random").Code.Should().Be(DiagnosticCodes.EntryAssemblyMissing);
    }

    [Fact]
    public void Create_FromAnAssemblyThatKnowsNoContracts_IsADiagnostic()
    {
        _sandbox.Add("Good", edit: manifest => manifest["entry"]!["assembly"] = "Fixtures.Library.dll");

        PluginDiagnostic diagnostic = Fail("good-random");

        diagnostic.Code.Should().Be(DiagnosticCodes.EntryTypeUnusable);
        diagnostic.Message.Should().Contain("does not refer to PluginPrune.Contracts");
    }

    [Fact]
    public void Decide_WithADependencyThatIsGone_IsADiagnosticWhenItIsNeeded()
    {
        File.Delete(Path.Combine(_sandbox.Add("Good"), "Fixtures.Library.dll"));
        IPruningCriterion criterion = Create(_sandbox.Host(), "good-random").GetOrThrow();

        Action act = () => criterion.Decide(TestNetwork.Context(), CancellationToken.None);

        PluginDiagnostic diagnostic = act.Should().Throw<PluginException>().Which.Diagnostics.Single();
        diagnostic.Code.Should().Be(DiagnosticCodes.DependencyMissing);
        diagnostic.PluginId.Should().Be("fixtures.good");
        diagnostic.Message.Should().Contain("'good-random'").And.Contain("Fixtures.Library");
    }

    [Fact]
    public void Discover_ADamagedManifest_HidesThatPluginAlone()
    {
        File.WriteAllText(Path.Combine(_sandbox.AddEvil("BreachPlugin", "breach"), "plugin.json"), "{ \"id\": ");
        _sandbox.Add("Good");

        PluginCatalog catalog = _sandbox.Catalog();

        catalog.Usable.Should().ContainSingle().Which.Id.Should().Be("fixtures.good");
        catalog.Plugins.Single(plugin => plugin.State == PluginState.Invalid).Diagnostics.Single().Code.Should().Be(DiagnosticCodes.ManifestNotJson);
    }

    [Fact]
    public void Create_TwiceFromAPluginThatFailed_TellsTheSameAndTriesOnce()
    {
        _sandbox.AddEvil("ThrowsInRegister", "any");
        PluginHost host = _sandbox.Host();

        Create(host, "any").Diagnostics[0].Should().BeSameAs(Create(host, "any").Diagnostics[0]);
    }

    private static PluginResult<IPruningCriterion> Create(PluginHost host, string name) =>
        host.Create<IPruningCriterion>(ContributionKind.Criterion, name, new Dictionary<string, string>(StringComparer.Ordinal));

    private PluginDiagnostic Fail(string name)
    {
        PluginResult<IPruningCriterion> result = Create(_sandbox.Host(), name);
        result.Service.Should().BeNull();
        return result.Diagnostics[0];
    }

    private void AddBlockBreach() => PluginSandbox.Edit(
        Path.Combine(_sandbox.Root, "evil-BreachPlugin"),
        manifest => manifest["contributes"]!["blockCriteria"] = manifest["contributes"]!["criteria"]!.AsArray()[0]!.DeepClone() is { } breach
            ? new System.Text.Json.Nodes.JsonArray(breach)
            : null);

    /// <summary>Beside the broken one a good plugin is found and works.</summary>
    private void HostGoesOn()
    {
        _sandbox.Add("Good", "healthy", manifest =>
        {
            manifest["id"] = "fixtures.healthy";
            manifest["contributes"]!["criteria"]![0]!["summary"] = "Still here";
        });
        PluginHost host = _sandbox.Host();
        Create(host, "fixtures.healthy/good-random").GetOrThrow().Decide(TestNetwork.Context(), CancellationToken.None).Scores.Should().HaveCount(2);
    }
}
