using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>What the host does for evaluators: decoding, resizing and batching of pictures, running, decoding of heads, suppression.</summary>
public interface IEvaluationServices
{
    /// <summary>Finds objects on every picture of the dataset. Pictures are read several at a time ahead of the engine.</summary>
    /// <param name="context">The evaluation, with a dataset.</param>
    /// <param name="subject">One of its subjects, with an engine.</param>
    /// <param name="settings">How.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One result a picture, in the dataset's order, without the pictures that are passed over.</returns>
    /// <exception cref="EvaluationException">The network has no heads that find objects, or its classes are not the dataset's.</exception>
    /// <exception cref="InputException">A picture cannot be read.</exception>
    IEnumerable<PictureDetections> Detect(
        EvaluationContext context, EvaluationSubject subject, DetectionSettings settings, CancellationToken cancellationToken);

    /// <summary>Says what every picture of the dataset shows. Pictures are read several at a time ahead of the engine.</summary>
    /// <param name="context">The evaluation, with a dataset.</param>
    /// <param name="subject">One of its subjects, with an engine.</param>
    /// <param name="settings">How.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>
    /// One result a picture, in the dataset's order, without the pictures that are passed over and those of classes that the network
    /// does not have.
    /// </returns>
    /// <exception cref="EvaluationException">
    /// The network has no head that classifies pictures, its classes are not the dataset's, or the dataset does not say what pictures show.
    /// </exception>
    /// <exception cref="InputException">A picture cannot be read.</exception>
    IEnumerable<ClassifiedPicture> Classify(
        EvaluationContext context, EvaluationSubject subject, ClassificationSettings settings, CancellationToken cancellationToken);

    /// <summary>The dataset's pictures as a network takes them; without a dataset generated ones, without end.</summary>
    /// <param name="context">The evaluation.</param>
    /// <param name="network">The network; it has one input.</param>
    /// <param name="batchSize">How many pictures a batch, at least 1; the last batch may have fewer.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The batches in the dataset's order. A batch is the host's: it is good until the next is asked for.</returns>
    /// <exception cref="InputException">A picture cannot be read.</exception>
    IEnumerable<Batch<float>> ReadBatches(EvaluationContext context, Network network, int batchSize, CancellationToken cancellationToken);

    /// <summary>What a network costs.</summary>
    /// <param name="network">The network.</param>
    NetworkCosts CostOf(Network network);
}
