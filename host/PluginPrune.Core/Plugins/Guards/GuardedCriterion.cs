using System.Collections.Immutable;
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
    /// <exception cref="PluginException">The criterion threw, wrote to the network, or decided what cannot be.</exception>
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ChannelDecision? own = null;
        ChannelDecision decision = Checked("Deciding", () => own = Inner.Decide(context, cancellationToken), context, cancellationToken);

        // What masks are at other rates is asked for later, and looked at then.
        return own is { Rule: null, Rate: { } rate }
            ? ChannelDecision.FromRate(
                rate with { Format = value => PluginGuard.Call(Contribution, "Writing its rate", () => rate.Format(value)) ?? string.Empty },
                value => value == rate.Value ? decision : Checked("Deciding at another rate", () => own.At(value), context, cancellationToken))
            : decision;
    }

    private ChannelDecision Checked(string doing, Func<ChannelDecision?> work, PruningContext context, CancellationToken cancellationToken)
    {
        var before = NetworkFingerprint.Of(context.Network);
        ChannelDecision? decision = Detach(PluginGuard.Call(Contribution, doing, work, cancellationToken));
        PluginDiagnostic? breach = before.FindChange(context.Network) is { } changed
            ? PluginGuard.Breach(Contribution, DiagnosticCodes.NetworkChanged, $"wrote to {changed}, which it was given to read")
            : DecisionRules.FindBreach(decision, context, Contribution);
        return breach is null ? decision! : throw new PluginException([breach]);
    }

    /// <summary>A copy of the numbers: what the plugin does to its arrays afterwards changes nothing that was checked.</summary>
    private static ChannelDecision? Detach(ChannelDecision? decision)
    {
        if (decision is null || decision.Scores.IsDefaultOrEmpty)
        {
            return decision;
        }

        ImmutableArray<MemberScores> scores =
            [.. decision.Scores.Select(static entry => entry?.Values is null ? entry! : entry with { Values = [.. entry.Values] })];
        return (decision.Masks is { } masks ? ChannelDecision.FromMasks(masks, scores) : ChannelDecision.FromScores(scores, decision.Rule!)).WithNotes(decision.Notes);
    }
}
