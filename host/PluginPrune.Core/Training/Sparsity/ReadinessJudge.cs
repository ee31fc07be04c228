using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Training;

/// <summary>
/// Judges how far a network can be pruned without losing what matters: the channels are chosen as pruning chooses them, tied
/// layers and floors included, and it is looked at how much of its scores' energy each layer loses. Nothing is cut and nothing is run.
/// </summary>
/// <remarks>
/// Each layer for itself: a batch norm that follows makes up for the scale of a layer as a whole, so that layers with small
/// scales matter like others, and in a sum over all layers they would not be seen. Layers tied by additions are looked at
/// together, since their scales are added up as they are.
/// </remarks>
/// <param name="services">What the criterion may ask of the host.</param>
public sealed class ReadinessJudge(IPruningServices services)
{
    /// <summary>The share of a layer's energy that is next to nothing: where each loses less, so does the accuracy, see benchmarks/README.md.</summary>
    public const double MostEnergy = 0.002;

    // A layer whose scales are all below it is gone: what it gives is less than the epsilon of the batch norms behind it.
    private const double Nothing = 1e-3;

    private const int Parts = 1000;

    /// <summary>Judges.</summary>
    /// <param name="network">The network.</param>
    /// <param name="criterion">What scores; its own rate does not matter.</param>
    /// <param name="asked">The rate that is asked for, 0 to 1.</param>
    /// <param name="scope">Which layers take part.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Null where the criterion gives no scores, or makes its choice by other means than a rate.</returns>
    public PruningReadiness? Judge(NetworkAnalysis network, IPruningCriterion criterion, double asked, PruningScope scope, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(criterion);
        var request = new PlanRequest { Criterion = criterion, Scope = scope, Seed = seed };
        var chooser = new ChannelChooser(network, request, services, cancellationToken);
        if (chooser.Decision is not { Rule.HasOwnSets: false, Scores.IsDefaultOrEmpty: false } decision)
        {
            return null;
        }

        (string Layer, double Energy) LossAt(double rate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return RemovedEnergy.OfWorstGroup(decision.Scores, chooser.PlanAt(rate), Nothing);
        }

        // More goes at a higher rate; the bounds close in on the last that takes next to nothing.
        int good = 0;
        int bad = Parts + 1;
        while (bad - good > 1)
        {
            int middle = (good + bad) / 2;
            (good, bad) = LossAt((double)middle / Parts).Energy <= MostEnergy ? (middle, bad) : (good, middle);
        }

        (string layer, double energy) = LossAt(asked);
        return new PruningReadiness((double)good / Parts, asked, energy, layer);
    }
}
