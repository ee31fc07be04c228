namespace PluginPrune.Core.Training;

/// <summary>Where a training gets its pictures from.</summary>
public interface ITrainingData
{
    /// <summary>How many pictures an epoch has, at least 1.</summary>
    int Pictures { get; }

    /// <summary>
    /// The batches of an epoch. What is in them depends on the epoch and the batch's place alone, never on threads or on what was read before.
    /// </summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="batchSize">How many pictures each has; the last may have fewer.</param>
    /// <param name="sizeOf">Width and height of a batch by its place in the epoch.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    IEnumerable<TrainingBatch> ReadEpoch(int epoch, int batchSize, Func<int, (int Width, int Height)> sizeOf, CancellationToken cancellationToken);
}
