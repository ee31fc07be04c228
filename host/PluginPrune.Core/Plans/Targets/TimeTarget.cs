using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>
/// At most so many milliseconds for a picture. The small network is timed in turns with the original one, whose time says how
/// much the machine is disturbed: by as much the small one's time is corrected.
/// </summary>
/// <param name="limit">The most milliseconds.</param>
/// <param name="time">Times the original and a small network in turns; the last argument asks for a closer look. Returns both medians in milliseconds.</param>
public sealed class TimeTarget(double limit, Func<Network, Network, bool, CancellationToken, (double Original, double Small)> time) : IMeasuredTarget
{
    // A few percent below the limit is as near as timing can tell.
    private const double Close = 0.97;

    private double _original = double.PositiveInfinity;

    /// <summary>The criterion whose rate is searched for, so that messages can name its options; null where that is not known.</summary>
    public ContributionInfo? Criterion { get; init; }

    /// <inheritdoc />
    public bool IsMetByMore => true;

    /// <inheritdoc />
    public string Bound => string.Create(CultureInfo.InvariantCulture, $"at most {limit:0.###} ms a picture");

    /// <inheritdoc />
    public bool IsNoisy => true;

    /// <summary>The original network's least time so far, in milliseconds.</summary>
    public double Original => _original;

    /// <inheritdoc />
    public TargetMeasurement Measure(PruningPlan plan, double rate, bool isLast, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (double original, double small) = time(plan.Network, NetworkSurgeon.Apply(plan, cancellationToken).Network, isLast, cancellationToken);
        _original = Math.Min(_original, original);
        double value = small * (_original / original);
        return new TargetMeasurement(rate, value, value <= limit, value <= limit && value >= Close * limit);
    }

    /// <inheritdoc />
    public string TextOf(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} ms");

    /// <inheritdoc />
    public PlanException Unreachable(TargetMeasurement best)
    {
        ArgumentNullException.ThrowIfNull(best);
        string remedy = CriterionOption.Of(Criterion, CriterionOption.Floor) is { } floor ? $"Lower the floor that the criterion keeps ({floor}), remove" : "Remove";
        return new PlanException(string.Create(
            CultureInfo.InvariantCulture,
            $"{limit:0.###} ms cannot be reached: at rate {best.Rate:0.###}, with every floor kept, {best.Value:0.##} ms are left of {_original:0.##}. {remedy} blocks with --blocks, choose a criterion that leaves less alone, or a smaller input."));
    }
}
