using System.Numerics;
using PluginPrune.Contracts.Heads;

namespace PluginPrune.Contracts.Training;

/// <summary>A head that can learn what another network says of the same pictures.</summary>
/// <remarks>Stateless; safe to call from several threads. One code for both precisions, so that gradients can be checked in double.</remarks>
public interface IDistillableHead : IHead
{
    /// <summary>
    /// How far the student's raw outputs are from what the teacher's say: 0 where both say the same. A mean over the batch's pictures,
    /// or over the objects that the teacher sees in them, as <see cref="ITrainableHead.ComputeLoss"/> is.
    /// </summary>
    /// <remarks>
    /// Scores are compared as probabilities of logits divided by the temperature, each on its own or as a softmax, whichever the head
    /// makes of them; the divergence is multiplied by the square of the temperature, so that it pulls alike at all temperatures
    /// (Hinton et al. 2015, section 2). What is predicted where the teacher sees no object counts by the teacher's objectness
    /// (Mehta and Ozturk 2018, section 3.1). The teacher's outputs are constants.
    /// </remarks>
    /// <typeparam name="T">The precision: float or double.</typeparam>
    /// <param name="distillation">The batch.</param>
    /// <returns>The terms have the names that the same parts have where labels are learned.</returns>
    /// <exception cref="HeadException">The two heads do not go together; the message names both, what was found and what was wanted.</exception>
    HeadLoss<T> ComputeDistillation<T>(HeadDistillation<T> distillation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
