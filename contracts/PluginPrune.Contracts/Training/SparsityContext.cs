using System.Collections.Immutable;

namespace PluginPrune.Contracts.Training;

/// <summary>What a scheduler decides on.</summary>
/// <param name="Layers">The batch norms that take part, in the network's order.</param>
/// <param name="Strength">The strength that the user asked for, above 0: the derivative of the penalty by |gamma|, beside a loss that is a mean over pictures.</param>
public sealed record SparsityContext(ImmutableArray<SparseLayer> Layers, double Strength)
{
    /// <summary>Optimizer steps done, from 0.</summary>
    public required long Step { get; init; }

    /// <summary>Optimizer steps of the whole training.</summary>
    public required long Steps { get; init; }

    /// <summary>Optimizer steps of an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>The learning rate of the next step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The momentum of the optimizer.</summary>
    public required double Momentum { get; init; }

    /// <summary>The share of channels that is to go afterwards, 0 to below 1.</summary>
    public required double Ratio { get; init; }
}
