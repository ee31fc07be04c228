using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionTaylor;

/// <summary>
/// Options of <see cref="TaylorCriterion"/>. As published, all layers together, and of tied layers the sum of their importances:
/// <see cref="Contracts.Criteria.Coupling.L2"/> of scores that are their roots. Published are gates and batches as in training; scales
/// alone, and each picture by itself, lose less where the host folds what shifts give.
/// </summary>
public sealed class TaylorOptions() : ShareOptions(SelectionRange.Global, Coupling.L2)
{
    /// <summary>What of a channel is thought away.</summary>
    /// <value>The default is <see cref="TaylorForm.Scales"/>.</value>
    [Option("What of a channel is thought away: its whole output, its batch norm's scale (the shift stays, as folding keeps it), or its filter")]
    public TaylorForm TaylorOf { get; init; } = TaylorForm.Scales;

    /// <summary>How many pictures the loss is looked at on.</summary>
    /// <value>The default is 128.</value>
    [Option("How many pictures of --data the loss is looked at on, drawn by --seed", Minimum = 1)]
    public int TaylorPictures { get; init; } = 128;

    /// <summary>How many pictures share a derivative.</summary>
    /// <value>The default is 1: the Fisher information.</value>
    [Option("How many pictures share a derivative before it is squared", Minimum = 1)]
    public int TaylorBatch { get; init; } = 1;
}
