using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>Pictures to learn from.</summary>
/// <param name="Input">The pictures as the network takes them.</param>
/// <param name="Targets">What each shows, in pixels of the input.</param>
/// <param name="Names">The names of their files, for messages.</param>
public sealed record TrainingBatch(Batch<float> Input, IReadOnlyList<IReadOnlyList<TrainingTarget>> Targets, IReadOnlyList<string> Names);
