using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Images;

/// <summary>Pictures ready for a network. The input's memory is the pipeline's again when <see cref="PicturePipelineOptions.InUse"/> more batches have been asked for.</summary>
/// <param name="Input">[pictures, channels, height, width].</param>
/// <param name="Pictures">What each of them is, in the input's order.</param>
public sealed record PictureBatch(Batch<float> Input, ImmutableArray<PreparedPicture> Pictures);
