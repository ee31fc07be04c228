using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Training;

/// <summary>
/// Judges how far a network can be pruned without losing what matters: the channels are chosen as pruning chooses them, tied
/// layers and floors included, and the scores' energy that goes is looked at. Nothing is cut and nothing is run.
/// </summary>
/// <param name="services">What the criterion may ask of the host.</param>
public sealed class ReadinessJudge(IPruningServices services)
{
    /// <summary>The share of the scores' energy that is next to nothing: with less gone, fine-tuning is quick.</summary>
    public const double MostEnergy = 0.01;

    private const int Parts = 1000;

    /// <summary>Judges.</summary>
    /// <param name="network">The network.</param>
    /// <param name="criterion">What scores; its own rate does not matter.</param>
    /// <param name="asked">The rate that is asked for, 0 to 1.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Null where the criterion gives no scores, or makes its choice by other means than a rate.</returns>
    public PruningReadiness? Judge(NetworkAnalysis network, IPruningCriterion criterion, double asked, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(criterion);
        var request = new PlanRequest { Criterion = criterion, Scope = PruningScope.Full, Seed = seed };
        var chooser = new ChannelChooser(network, request, services, cancellationToken);
        if (chooser.Decision is not { Rule: not null, Scores.IsDefaultOrEmpty: false } decision)
        {
            return null;
        }

        double EnergyAt(double rate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return RemovedEnergy.Of(decision.Scores, chooser.PlanAt(rate));
        }

        // More goes at a higher rate; the bounds close in on the last that takes next to nothing.
        int good = 0;
        int bad = Parts + 1;
        while (bad - good > 1)
        {
            int middle = (good + bad) / 2;
            (good, bad) = EnergyAt((double)middle / Parts) <= MostEnergy ? (middle, bad) : (good, middle);
        }

        return new PruningReadiness((double)good / Parts, asked, EnergyAt(asked));
    }
}
