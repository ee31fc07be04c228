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
}
