using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Plans that prune one channel group and leave all others whole.</summary>
internal sealed class LoneGroupPlans
{
    private readonly GroupSelection _selection;
    private readonly ChannelMasks _all;

    /// <param name="network">The network.</param>
    /// <param name="criterion">Which channels go.</param>
    /// <param name="services">What it may ask of the host.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public LoneGroupPlans(Network network, IPruningCriterion criterion, IPruningServices services, int seed, CancellationToken cancellationToken)
        : this(NetworkAnalysis.Of(network, PruningScope.Full), criterion, services, seed, cancellationToken)
    {
    }

    /// <param name="analysis">The network, with what is locked in it.</param>
    /// <param name="criterion">Which channels go.</param>
    /// <param name="services">What it may ask of the host.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public LoneGroupPlans(NetworkAnalysis analysis, IPruningCriterion criterion, IPruningServices services, int seed, CancellationToken cancellationToken)
    {
        Analysis = analysis;
        Network network = analysis.Network;
        var context = new PruningContext(network, Analysis.Groups, services) { Seed = seed };
        Decision = criterion.Decide(context, cancellationToken);
        _selection = new GroupSelection(context, Decision);
        _all = ChannelMasks.All(Analysis.Groups);
        Whole = new PruningPlan(network, [], Analysis, _all);
    }

    public NetworkAnalysis Analysis { get; }

    public ChannelDecision Decision { get; }

    /// <summary>The plan by which nothing goes.</summary>
    public PruningPlan Whole { get; }

    /// <summary>Why nothing of a group can go; null where something can.</summary>
    public string? WhyWhole(ChannelGroup group) =>
        _selection.WhyWhole(group)
        ?? (PlanAt(group, 1).Masks.Kept(group) == group.Size ? "it cannot go alone: other layers must keep as many channels as it" : null);

    /// <summary>The plan by which a share of one group goes.</summary>
    /// <param name="group">The group.</param>
    /// <param name="share">The share, 0 to 1.</param>
    public PruningPlan PlanAt(ChannelGroup group, double share)
    {
        ImmutableArray<bool> mask = _selection.MaskAt(group, share);
        var wanted = new ChannelMasks(Analysis.Groups.Select(other => other == group ? mask : _all[other]));
        return new PruningPlan(Whole.Network, [], Analysis, MaskGuard.Enforce(Analysis, new SelectionGuards(), wanted, Decision.Scores.IsDefault ? [] : Decision.Scores));
    }
}
