using System.Reflection;
using System.Runtime.Loader;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class GoodPluginTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public GoodPluginTests() => _sandbox.Add("Good");

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Create_ByName_GivesTheHostsOwnInterfaceFromThePluginsContext()
    {
        PluginResult<IPruningCriterion> result = Create("good-random");

        result.Diagnostics.Should().BeEmpty();
        result.PluginId.Should().Be("fixtures.good");
        IPruningCriterion inner = result.GetOrThrow().Should().BeOfType<GuardedCriterion>().Subject.Inner;
        inner.GetType().FullName.Should().Be("Fixtures.Good.RandomCriterion");
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(inner.GetType().Assembly)!;
        context.Should().NotBeSameAs(AssemblyLoadContext.Default);
        context.Assemblies.Select(assembly => assembly.GetName().Name).Should().NotContain("PluginPrune.Contracts");
    }

    [Fact]
    public void Decide_ThroughThePlugin_UsesItsOwnDependencyAndTheSeed()
    {
        IPruningCriterion criterion = Create("good-random").GetOrThrow();
        PruningContext context = TestNetwork.Context();

        ChannelDecision decision = criterion.Decide(context, CancellationToken.None);

        decision.Rule!.Rate.Should().Be(0.25);
        decision.Scores.Select(scores => scores.Values.Length).Should().Equal(4, 6);
        var random = new Random(context.Seed + 3);
        decision.Scores[0].Values[0].Should().Be(random.NextDouble());
        AssemblyLoadContext.All.Single(context => context.Name == "fixtures.good" && context.Assemblies.Any(IsHere))
            .Assemblies.Select(assembly => assembly.GetName().Name).Should().Contain("Fixtures.Library");
    }

    [Theory]
    [InlineData("global-percent")]
    [InlineData("global_percent")]
    [InlineData("gp")]
    public void Create_WithAnOptionInAnySpelling_SetsIt(string spelling)
    {
        IPruningCriterion criterion = Create("good-random", (spelling, "0.75"), ("coupling", "first")).GetOrThrow();

        SelectionRule rule = criterion.Decide(TestNetwork.Context(), CancellationToken.None).Rule!;

        (rule.Rate, rule.Coupling).Should().Be((0.75, Coupling.First));
    }

    [Fact]
    public void Create_WithBadOptions_TellsAllOfThemAndLoadsNothing()
    {
        PluginHost host = _sandbox.Host();

        Action act = () => Create(host, "good-random", ("global-percent", "2"), ("ofset", "1"), ("invert", "perhaps"));

        act.Should().Throw<OptionException>().WithMessage("*--global-percent takes a number from 0 to 1, not '2'.*--invert*--ofset*Did you mean --offset?*");
        AppDomain.CurrentDomain.GetAssemblies().Should().NotContain(assembly => IsHere(assembly));
    }

    [Fact]
    public void Create_OneOptionTwice_IsRefused() =>
        FluentActions.Invoking(() => Create("good-random", ("gp", "0.5"), ("global-percent", "0.5"))).Should().Throw<OptionException>().WithMessage("*twice*");

    [Fact]
    public void Create_FromManyThreads_LoadsOnce()
    {
        PluginHost host = _sandbox.Host();

        Type[] types = new Type[16];
        Parallel.For(0, types.Length, i => types[i] = ((GuardedCriterion)Create(host, "good-random").GetOrThrow()).Inner.GetType());

        types.Distinct().Should().ContainSingle();
        host.Activate(host.Catalog.Plugins[0]).Should().BeSameAs(host.Activate(host.Catalog.Plugins[0]));
    }

    [Fact]
    public void Create_EachRun_GetsItsOwnObject()
    {
        PluginHost host = _sandbox.Host();

        var first = (GuardedCriterion)Create(host, "good-random").GetOrThrow();
        var second = (GuardedCriterion)Create(host, "good-random").GetOrThrow();

        first.Inner.Should().NotBeSameAs(second.Inner);
    }

    [Fact]
    public void Create_ABlockCriterion_ComesGuardedToo()
    {
        IBlockCriterion criterion = _sandbox.Host().Create<IBlockCriterion>(ContributionKind.BlockCriterion, "good-last", Options()).GetOrThrow();
        PruningContext context = TestNetwork.Context();

        criterion.Should().BeOfType<GuardedBlockCriterion>();
        criterion.Score(context.Network, TestNetwork.Block(context.Network)).Should().Be(0);
    }

    [Theory]
    [InlineData("0.1.0.0")]
    [InlineData("0.2.0.0")]
    [InlineData("9.9.9.9")]
    public void TheContext_AskedForContractsOfAnyVersion_GivesTheHostsOwn(string version)
    {
        // A dependency of the plugin may be compiled with others than the plugin itself.
        AssemblyLoadContext context = Load().Context;

        context.LoadFromAssemblyName(new AssemblyName("PluginPrune.Contracts, Version=" + version)).Should().BeSameAs(typeof(IPlugin).Assembly);
    }

    [Fact]
    public void TheContext_AskedForAnAssemblyOfTheHost_RefusesIt()
    {
        AssemblyLoadContext context = Load().Context;

        Action act = () => context.LoadFromAssemblyName(new AssemblyName("PluginPrune.Core"));

        act.Should().Throw<FileLoadException>().WithInnerException<PluginException>().Which.Diagnostics.Single().Code.Should().Be(DiagnosticCodes.HostPrivateAssembly);
    }

    [Fact]
    public void TheContext_AskedForTheFramework_GivesTheHostsOwn() =>
        Load().Context.LoadFromAssemblyName(new AssemblyName("System.Text.Json")).Should().BeSameAs(typeof(System.Text.Json.JsonDocument).Assembly);

    [Fact]
    public void Activate_KeepsTheTime()
    {
        PluginHost host = _sandbox.Host();

        PluginActivation activation = host.Activate(host.Catalog.Plugins[0]);

        activation.LoadTime.Should().BePositive().And.BeLessThan(TimeSpan.FromSeconds(10));
        activation.Plugin!.Contributions.Select(contribution => contribution.Name).Should().Equal("good-random", "good-alpha", "good-omega", "good-last", "good-text");
    }

    [Fact]
    public void GetOrThrow_ANameThatIsNotThere_ThrowsWithTheExitCodeOfPlugins()
    {
        Action act = () => Create("nobody").GetOrThrow();

        act.Should().Throw<PluginException>().Which.Diagnostics[0].Code.Should().Be(DiagnosticCodes.NameUnknown);
        PluginException.ExitCode.Should().Be(3);
    }

    private static Dictionary<string, string> Options(params (string Name, string Value)[] options) =>
        options.ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal);

    private static PluginResult<IPruningCriterion> Create(PluginHost host, string name, params (string Name, string Value)[] options) =>
        host.Create<IPruningCriterion>(ContributionKind.Criterion, name, Options(options));

    private PluginResult<IPruningCriterion> Create(string name, params (string Name, string Value)[] options) => Create(_sandbox.Host(), name, options);

    private LoadedPlugin Load()
    {
        PluginHost host = _sandbox.Host();
        return host.Activate(host.Catalog.Plugins[0]).Plugin!;
    }

    private bool IsHere(Assembly assembly) =>
        !assembly.IsDynamic && assembly.Location.Contains(Path.GetFileName(Path.GetDirectoryName(_sandbox.Root)!), StringComparison.Ordinal);
}
