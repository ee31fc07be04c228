namespace PluginPrune.Core.Images.Pipeline;

/// <summary>What a run of threads takes of the machine.</summary>
/// <param name="Channels">The channels of the input.</param>
/// <param name="Threads">How many threads work.</param>
/// <param name="Ahead">How many batches are made ahead of those in use.</param>
/// <param name="InUse">How many batches are in use at once.</param>
internal sealed record PipelineCounts(int Channels, int Threads, int Ahead, int InUse);
