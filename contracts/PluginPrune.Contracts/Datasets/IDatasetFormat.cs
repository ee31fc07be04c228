namespace PluginPrune.Contracts.Datasets;

/// <summary>Reads the files of one kind of dataset: which pictures there are and what is on them. Pixels are the host's business.</summary>
/// <remarks>Methods may be called from any thread, one at a time.</remarks>
public interface IDatasetFormat
{
    /// <summary>Reads the labels of one split.</summary>
    /// <param name="source">Where the dataset is.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The pictures in a stable order. What is wrong with a single picture stands in its faults.</returns>
    /// <exception cref="InputException">There is no such dataset, or nothing of it can be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Dataset Open(DatasetSource source, CancellationToken cancellationToken);
}
