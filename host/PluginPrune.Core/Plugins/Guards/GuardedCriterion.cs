using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Core.Plugins;

/// <summary>A criterion whose failures bear its plugin's name and whose decisions are checked before the host acts on them.</summary>
/// <param name="inner">The plugin's criterion.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedCriterion(IPruningCriterion inner, ContributionInfo contribution) : IPruningCriterion
{
    /// <summary>The plugin's criterion.</summary>
    public IPruningCriterion Inner { get; } = inner;

    /// <summary>Whose it is.</summary>
    public ContributionInfo Contribution { get; } = contribution;

    /// <inheritdoc />
    /// <exception cref="PluginException">The criterion threw, or decided what cannot be.</exception>
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ChannelDecision? decision = PluginGuard.Call(Contribution, "Deciding", () => Inner.Decide(context, cancellationToken));
        return DecisionRules.FindBreach(decision, context, Contribution) is { } breach
            ? throw new PluginException([breach])
            : decision!;
    }
}
