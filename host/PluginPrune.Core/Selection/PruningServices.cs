using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Core.Selection;

/// <summary>What the host does for criteria.</summary>
/// <param name="findCriterion">Makes a criterion of a name and options.</param>
public sealed class PruningServices(Func<string, IReadOnlyDictionary<string, string>, IPruningCriterion> findCriterion) : IPruningServices
{
    /// <inheritdoc />
    public ChannelMasks Select(PruningContext context, ChannelDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Masks ?? RuleSelector.Select(context, decision.Scores, decision.Rule!);
    }

    /// <inheritdoc />
    public IPruningCriterion FindCriterion(string name, IReadOnlyDictionary<string, string> options) => findCriterion(name, options);
}
