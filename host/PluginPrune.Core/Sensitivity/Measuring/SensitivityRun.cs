using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Sensitivity;

/// <summary>
/// Prunes each channel group alone, at several rates, and measures what is left: the prune table of a network. What is measured is
/// what `host prune` would write, cut and folded.
/// </summary>
/// <param name="services">What criteria may ask of the host.</param>
/// <param name="request">What to measure.</param>
public sealed class SensitivityRun(IPruningServices services, SensitivityRequest request)
{
    private readonly Dictionary<(string Group, string Kept), ImmutableArray<Metric>> _known = [];
    private int _measured;
    private int _found;

    /// <summary>Told the share of all measurements that is done, 0 to 1, and what is measured now.</summary>
    public Action<double, string> Progressed { get; init; } = static (_, _) => { };

    /// <summary>Measures.</summary>
    /// <param name="network">The network.</param>
    /// <param name="meterOf">Makes what measures, of what the criterion decided.</param>
    /// <param name="store">Keeps measurements; null keeps none.</param>
    /// <param name="cancellationToken">Ends the work early; what is in the store stays there.</param>
    /// <exception cref="PlanException">A layer does not exist, nothing of what is asked for can go, or the metric is none to go by.</exception>
    public SensitivityResult Execute(Network network, Func<ChannelDecision, IPlanMeter> meterOf, MeasurementStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meterOf);
        (_measured, _found) = (0, 0);
        _known.Clear();
        request.Kept?.RefuseUnknown(network);
        var analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        var plans = new LoneGroupPlans(request.Kept?.Lock(analysis) ?? analysis, request.Criterion, services, request.Seed, cancellationToken);
        ImmutableArray<ChannelGroup> asked = Asked(plans.Analysis);
        var reasons = asked.ToDictionary(static group => group.Index, plans.WhyWhole);
        ChannelGroup[] groups = [.. asked.Where(group => reasons[group.Index] is null)];
        if (groups.Length == 0)
        {
            throw new PlanException($"Of {(request.Layers.IsEmpty ? $"'{network.Name}'" : "these layers")} nothing can go: {reasons.Values.First()}.{(request.Layers.IsEmpty ? " Name another criterion with --criterion." : string.Empty)}");
        }

        IPlanMeter meter = meterOf(plans.Decision);
        (ChannelGroup Group, double Rate, PruningPlan Plan)[] work =
        [
            .. groups.SelectMany(group => request.Rates, (group, rate) => (group, rate, plans.PlanAt(group, rate))),
        ];
        int all = work.Length + 1;
        Metric whole = Choose(Measure(null, plans.Whole, 0, all));
        CostTotals cost = PlanCost.Of(plans.Whole);
        var points = new List<CurvePoint>();
        foreach ((ChannelGroup group, double rate, PruningPlan plan) in work)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CostTotals left = PlanCost.Of(plan);
            points.Add(new CurvePoint(rate, plan.Masks.Kept(group), Choose(Measure(group, plan, points.Count + 1, all)).Value)
            {
                FlopsSaved = Share(cost.Flops - left.Flops, cost.Flops),
                ParametersSaved = Share(cost.Parameters - left.Parameters, cost.Parameters),
            });
        }

        return new SensitivityResult(
            new CurveMetric(meter.Evaluator, whole),
            [.. groups.Select((group, i) => new GroupCurve(group.Name, LayersOf(group), group.Size, [.. points.Skip(i * request.Rates.Length).Take(request.Rates.Length)]))],
            [.. asked.Where(group => reasons[group.Index] is not null).Select(group => new WholeGroup(group.Name, LayersOf(group), group.Size, reasons[group.Index]!))],
            _measured,
            _found);

        ImmutableArray<Metric> Measure(ChannelGroup? group, PruningPlan plan, int done, int of)
        {
            // What nothing goes of is the whole network, whichever group it was.
            bool isWhole = group is null || plan.Masks.Kept(group) == group.Size;
            (string name, string kept) = isWhole ? (string.Empty, string.Empty) : (group!.Name, IndexRanges.Format(plan.Masks[group]));
            if (_known.TryGetValue((name, kept), out ImmutableArray<Metric> now))
            {
                return now;
            }

            if (store?.Find(name, kept) is { } known)
            {
                _found++;
                return _known[(name, kept)] = known;
            }

            string title = isWhole ? "the whole network" : string.Create(CultureInfo.InvariantCulture, $"{group!.Name} with {plan.Masks.Kept(group)} of {group.Size} channels");
            Progressed((double)done / of, title);
            ImmutableArray<Metric> metrics = meter.Measure(plan, share => Progressed((done + Math.Clamp(share, 0, 1)) / of, title), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();

            // A metric that there is not is told before anything is kept.
            Choose(metrics);
            if (meter.IsCostly)
            {
                store?.Add(name, kept, metrics);
            }

            _measured++;
            return _known[(name, kept)] = metrics;
        }
    }

    /// <summary>The layers of the user's file that a group's channels belong to.</summary>
    private static ImmutableArray<string> LayersOf(ChannelGroup group) => [.. group.Members.Select(static member => member.Layer.Origin.Layer).Distinct(StringComparer.Ordinal)];

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private ImmutableArray<ChannelGroup> Asked(NetworkAnalysis analysis)
    {
        ImmutableArray<ChannelGroup> groups = analysis.Groups;
        if (request.Layers.IsEmpty)
        {
            return groups;
        }

        var parts = new NetworkParts(analysis.Network);
        var found = new HashSet<int>();
        foreach (string layer in request.Layers)
        {
            ChannelGroup[] named = [.. groups.Where(group => group.Members.Any(member => member.Layer.Id == layer || parts.Holds(layer, member.Layer.Origin.Layer)))];
            if (named.Length == 0)
            {
                ImmutableArray<string> near = NearestNames.Of(layer, groups.SelectMany(static group => group.Members).Select(static member => member.Layer.Origin.Layer).Distinct(StringComparer.Ordinal));
                throw new PlanException($"No layer '{layer}' has channels that could go. {(near.IsEmpty ? "'host inspect' lists the layers." : $"Did you mean {string.Join(" or ", near)}?")}");
            }

            found.UnionWith(named.Select(static group => group.Index));
        }

        return [.. groups.Where(group => found.Contains(group.Index))];
    }

    private Metric Choose(ImmutableArray<Metric> metrics)
    {
        Metric? chosen = request.Metric is { } name ? metrics.FirstOrDefault(metric => metric.Name == name) : metrics.FirstOrDefault();
        if (chosen is null)
        {
            throw new PlanException($"There is no metric '{request.Metric}' here; there are {string.Join(", ", metrics.Where(static metric => metric.Direction != MetricDirection.Neutral).Select(static metric => $"'{metric.Name}'"))}.");
        }

        return chosen.Direction != MetricDirection.Neutral
            ? chosen
            : throw new PlanException($"'{chosen.Name}' is neither better nor worse when it is higher: it is no metric to go by.");
    }
}
