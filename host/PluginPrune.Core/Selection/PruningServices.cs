using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Core.Selection;

/// <summary>What the host does for criteria.</summary>
/// <param name="findCriterion">Makes a criterion of a name and options.</param>
public sealed class PruningServices(Func<string, IReadOnlyDictionary<string, string>, IPruningCriterion> findCriterion) : IPruningServices
{
    /// <summary>Tells the options of a criterion by its name.</summary>
    /// <value>The default knows none.</value>
    public Func<string, ImmutableArray<OptionDescriptor>> Describe { get; init; } = static _ => [];

    /// <summary>Measures channels.</summary>
    /// <value>The default has nothing to measure on.</value>
    public Func<PruningContext, ChannelMeasurement, CancellationToken, ImmutableArray<double[]>> Meter { get; init; } =
        static (_, _, _) => throw new MeasurementException("There are no labelled pictures to measure on.");

    /// <summary>Measures what layers read.</summary>
    /// <value>The default has nothing to measure on.</value>
    public Func<PruningContext, InputMeasurement, CancellationToken, InputStatistics> InputMeter { get; init; } =
        static (_, _, _) => throw new MeasurementException("There are no pictures to measure on.");

    /// <inheritdoc />
    public ChannelMasks Select(PruningContext context, ChannelDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ScoreCheck.Check(decision.Scores);
        return decision.Masks ?? RuleSelector.Select(context, decision.Scores, decision.Rule!);
    }

    /// <inheritdoc />
    public IPruningCriterion FindCriterion(string name, IReadOnlyDictionary<string, string> options) => findCriterion(name, options);

    /// <inheritdoc />
    public ImmutableArray<OptionDescriptor> OptionsOf(string name) => Describe(name);

    /// <inheritdoc />
    public ImmutableArray<double[]> Measure(PruningContext context, ChannelMeasurement measurement, CancellationToken cancellationToken) =>
        Meter(context, measurement, cancellationToken);

    /// <inheritdoc />
    public InputStatistics MeasureInputs(PruningContext context, InputMeasurement measurement, CancellationToken cancellationToken) =>
        InputMeter(context, measurement, cancellationToken);
}
