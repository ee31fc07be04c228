using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Training;

/// <summary>A head that can be trained: it has a loss.</summary>
/// <remarks>Stateless; safe to call from several threads. One code for both precisions, so that gradients can be checked in double.</remarks>
public interface ITrainableHead : IHead
{
    /// <summary>
    /// The loss of a batch: a mean over its pictures, or over the objects in them, so that batches of all sizes pull alike and a
    /// batch given twice over has the same loss.
    /// </summary>
    /// <typeparam name="T">The precision: float or double.</typeparam>
    /// <param name="head">A head of this kind.</param>
    /// <param name="picture">The shape of the batch's pictures, [channels, height, width] in pixels.</param>
    /// <param name="values">The raw outputs that the head reads.</param>
    /// <param name="targets">What each picture shows; empty where it shows nothing.</param>
    /// <exception cref="HeadException">The head's parameters and the shapes do not go together, or a target's class is none of the head's.</exception>
    HeadLoss<T> ComputeLoss<T>(Head head, Shape picture, Batch<T> values, IReadOnlyList<IReadOnlyList<TrainingTarget>> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
