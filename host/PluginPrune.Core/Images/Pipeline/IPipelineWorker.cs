namespace PluginPrune.Core.Images.Pipeline;

/// <summary>Does a thread's work. Each thread has its own.</summary>
/// <typeparam name="T">What becomes of an item besides its part of the input.</typeparam>
internal interface IPipelineWorker<T>
    where T : class
{
    /// <summary>Fills an item's part of its batch's input. What it throws is thrown where the batch is asked for.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="index">The item's index among all.</param>
    T Prepare(PipelineBatch<T> batch, int index);
}
