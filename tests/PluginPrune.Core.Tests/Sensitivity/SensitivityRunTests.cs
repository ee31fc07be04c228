using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Sensitivity;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Tests.Inspection;
using PluginPrune.Core.Tests.Support;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Sensitivity;

public sealed class SensitivityRunTests : IDisposable
{
    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-sensitivity-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_cut_gives_what_a_network_of_full_size_gives_that_ignores_the_channels()
    {
        int compared = 0;
        for (int seed = 0; seed < 25; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            var lone = new LoneGroupPlans(network, new ByIndex(), GammaCriterion.Services, 0, CancellationToken.None);
            foreach (ChannelGroup group in lone.Analysis.Groups.Where(group => lone.WhyWhole(group) is null))
            {
                foreach (double share in new[] { 0.3, 0.8 })
                {
                    PruningPlan plan = lone.PlanAt(group, share);

                    DoubleRun.Distance(DoubleRun.Of(FullSizeNetworks.Folded(plan), seed), DoubleRun.Of(plan.Apply().Network, seed)).Should().BeLessThan(1e-4, "seed {0}, {1}", seed, group.Name);
                    compared++;
                }
            }
        }

        compared.Should().BeGreaterThan(100);
    }

    [Fact]
    public void One_group_alone_loses_its_share_and_each_choice_is_measured_once()
    {
        var meter = new Recording();

        SensitivityResult result = Run(meter, rates: [0.1, 0.5, 0.55, 1]);

        // 20, 30, 10 channels: 0.5 and 0.55 of 10 are the same 5.
        result.Groups.Select(static curve => curve.Channels).Should().Equal(20, 30, 10);
        result.Groups[2].Points.Select(static point => point.Kept).Should().Equal(9, 5, 5, 1);
        result.Whole.Should().ContainSingle().Which.Why.Should().StartWith("locked: ");
        result.Metric.Metric.Value.Should().Be(60, "nothing goes of the whole network");
        result.Groups.SelectMany(static curve => curve.Points, static (curve, point) => 60 - curve.Channels + point.Kept - point.Value).Should().OnlyContain(static difference => difference == 0, "all others stay whole");
        meter.Plans.Should().Be(1 + (3 * 4) - 1);
        result.Measured.Should().Be(meter.Plans);
        result.Groups[1].Points.Select(static point => point.FlopsSaved).Should().BeInAscendingOrder().And.OnlyContain(static saved => saved > 0 && saved < 1);
    }

    [Fact]
    public void A_run_that_was_interrupted_goes_on_where_it_was_and_more_rates_cost_only_what_is_new()
    {
        SensitivityResult whole = Run(new Recording());
        using var stop = new CancellationTokenSource();
        var interrupted = new Recording { Measured = count => { if (count == 7) { stop.Cancel(); } } };

        Action running = () => Run(interrupted, store: "k", cancellationToken: stop.Token);

        running.Should().Throw<OperationCanceledException>();
        var resumed = new Recording();
        SensitivityResult result = Run(resumed, store: "k");
        resumed.Plans.Should().Be(whole.Measured - 6, "the one that was interrupted does not count");
        result.Known.Should().Be(6);
        result.Groups.SelectMany(static curve => curve.Points).Should().Equal(whole.Groups.SelectMany(static curve => curve.Points));

        Run(new Recording(), store: "k").Measured.Should().Be(0);
        Run(new Recording(), store: "k", rates: [0.2, 0.5, 0.8, 0.95]).Measured.Should().Be(3);
        Run(new Recording(), store: "another").Known.Should().Be(0);
    }

    [Fact]
    public void Some_layers_alone_are_looked_at_and_others_are_named()
    {
        SensitivityResult result = Run(new Recording(), layers: ["n3", "n10"]);

        result.Groups.Select(static curve => curve.Group).Should().Equal("n3", "n10");
        Refused(static run => run(["n0", "nx"], null)).Should().StartWith("No layer 'nx' has channels that could go. ");
        Refused(static run => run(["n17"], null)).Should().StartWith("Of these layers nothing can go: locked: ");
    }

    [Fact]
    public void A_layer_that_consists_of_others_stands_for_all_of_them()
    {
        Network plain = GroupSelectionTests.Residual(1);
        Network modules = plain.With(plain.Nodes.Select(static node => node with { Origin = node.Origin with { Layer = $"4.{node.Origin.Layer}" } }), plain.Heads);
        var request = new SensitivityRequest { Criterion = new ByIndex(), Rates = [0.5], Layers = ["4"] };

        SensitivityResult result = new SensitivityRun(GammaCriterion.Services, request).Execute(modules, static _ => new Recording(), null, CancellationToken.None);

        result.Groups.Select(static curve => curve.Group).Should().Equal(Run(new Recording()).Groups.Select(static curve => curve.Group)).And.NotBeEmpty();
    }

    [Fact]
    public void A_metric_that_there_is_not_or_that_says_nothing_is_refused()
    {
        Refused(static run => run([], "kep")).Should().Be("There is no metric 'kep' here; there are 'kept'.");
        Refused(static run => run([], "plans")).Should().Be("'plans' is neither better nor worse when it is higher: it is no metric to go by.");
    }

    [Fact]
    public void Layers_that_are_kept_and_what_is_tied_to_them_are_not_measured()
    {
        Network network = GroupSelectionTests.Residual(1);
        SensitivityResult all = Run(new Recording());
        string kept = all.Groups[0].Layers[^1];
        var request = new SensitivityRequest { Criterion = new ByIndex(), Rates = [0.5], Kept = new KeptLayers([kept]) };

        SensitivityResult result = new SensitivityRun(GammaCriterion.Services, request).Execute(network, static _ => new Recording(), null, CancellationToken.None);

        result.Groups.Select(static curve => curve.Group).Should().Equal(all.Groups[1..].Select(static curve => curve.Group)).And.NotBeEmpty();
        result.Whole.Should().Contain(group => group.Group == all.Groups[0].Group && group.Why.Contains($"layer {kept} is to keep its channels"));
        Action unknown = () => new SensitivityRun(GammaCriterion.Services, request with { Kept = new KeptLayers(["n77"]) }).Execute(network, static _ => new Recording(), null, CancellationToken.None);
        unknown.Should().Throw<PlanException>().WithMessage("*has no layer 'n77' that could keep its channels*");
    }

    [Fact]
    public void Energy_is_that_of_the_scores_that_stay()
    {
        Network network = GroupSelectionTests.Residual(1);
        var request = new SensitivityRequest { Criterion = new GammaCriterion(0.5), Rates = [0.5] };

        SensitivityResult result = new SensitivityRun(GammaCriterion.Services, request).Execute(network, static decision => new EnergyMeter(decision.Scores), null, CancellationToken.None);

        var norm = (BatchNorm)network["n4"].Operation;
        double[] squares = [.. norm.Gamma.Floats.ToArray().Select(static gamma => (double)gamma * gamma).Order()];
        result.Groups.Single(static curve => curve.Group == "n3").Points[0].Value.Should().BeApproximately(squares[15..].Sum() / squares.Sum(), 1e-12);
        result.Metric.Metric.Value.Should().Be(1);
    }

    private SensitivityResult Run(
        IPlanMeter meter, double[]? rates = null, string[]? layers = null, string? metric = null, string? store = null, CancellationToken cancellationToken = default)
    {
        var request = new SensitivityRequest { Criterion = new ByIndex(), Rates = [.. rates ?? [0.2, 0.5, 0.8]], Layers = [.. layers ?? []], Metric = metric };
        using MeasurementStore? kept = store is null ? null : new MeasurementStore(_folder, store);
        return new SensitivityRun(GammaCriterion.Services, request).Execute(GroupSelectionTests.Residual(1), _ => meter, kept, cancellationToken);
    }

    private string Refused(Action<Action<string[], string?>> act)
    {
        Action acting = () => act((layers, metric) => Run(new Recording(), layers: layers, metric: metric));
        return acting.Should().Throw<PlanException>().Which.Message;
    }

    /// <summary>Counts the channels that a plan keeps, and looks whether its network runs.</summary>
    private sealed class Recording : IPlanMeter
    {
        public int Plans { get; private set; }

        public Action<int> Measured { get; init; } = static _ => { };

        public string Evaluator => "recording";

        public bool IsCostly => true;

        public ImmutableArray<Metric> Measure(PruningPlan plan, Action<double> progress, CancellationToken cancellationToken)
        {
            using IExecutable<float> executable = Engine.Compile(plan.Apply().Network);
            Measured(++Plans);
            int kept = plan.Analysis.Groups.Where(static group => !group.IsLocked).Sum(plan.Masks.Kept);
            return [new("kept", kept, string.Empty, MetricDirection.Higher, 0), new("plans", Plans, string.Empty, MetricDirection.Neutral, 0)];
        }
    }
}
