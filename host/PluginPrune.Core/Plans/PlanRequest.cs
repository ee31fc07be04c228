using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Sensitivity;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>What a plan is to be made by.</summary>
public sealed record PlanRequest
{
    /// <summary>Which channels go; null for none.</summary>
    public IPruningCriterion? Criterion { get; init; }

    /// <summary>
    /// The names of the criterion's options that somebody chose, in kebab-case. A rate that nobody chose takes no more of a network
    /// trained sparse than is free. Null where all of them are meant as they are.
    /// </summary>
    public IReadOnlySet<string>? ChosenOptions { get; init; }

    /// <summary>The network of which a budget is a share, where it is another than the one that is planned for; null for that one.</summary>
    public Network? Whole { get; init; }

    /// <summary>The most that may be left; the criterion's rate is then searched for. Null leaves the rate to the criterion.</summary>
    public Budget? Budget { get; init; }

    /// <summary>What must be true of the result when it is run; the criterion's rate is then searched for. Null for nothing.</summary>
    public IMeasuredTarget? Target { get; init; }

    /// <summary>How much of each channel group may go, by curves measured before; the criterion then says which channels alone. Null where its rate decides.</summary>
    public CurveAllowance? Curves { get; init; }

    /// <summary>How much goes of each part of the network, in place of the criterion's own rate; null for that.</summary>
    public PartRates? PartRates { get; init; }

    /// <summary>Layers that keep all their channels and stay; null for none.</summary>
    public KeptLayers? Kept { get; init; }

    /// <summary>How many residual blocks go.</summary>
    /// <value>The default is 0.</value>
    public int Blocks { get; init; }

    /// <summary>Which blocks go; needed where <see cref="Blocks"/> is above 0.</summary>
    public IBlockCriterion? BlockCriterion { get; init; }

    /// <summary>What is chosen first.</summary>
    /// <value>The default is <see cref="PlanOrder.ChannelsFirst"/>.</value>
    public PlanOrder Order { get; init; }

    /// <summary>Which layers take part.</summary>
    /// <value>The default is <see cref="PruningScope.Full"/>.</value>
    public PruningScope Scope { get; init; }

    /// <summary>What is kept whatever the criterion says.</summary>
    public SelectionGuards Guards { get; init; } = new();

    /// <summary>What becomes of what dropped channels still contribute.</summary>
    /// <value>The default is <see cref="FoldingMode.Standard"/>.</value>
    public FoldingMode Folding { get; init; }

    /// <summary>Which round this is of several; rate, floors, budget and blocks are then those of the last one. Null for one alone.</summary>
    public PruningRound? Round { get; init; }

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; init; }
}
