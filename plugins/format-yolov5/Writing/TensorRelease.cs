using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Modules;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>Takes from a tree of modules the tensors that nodes hold, so that a pruned network does not keep those of the whole one.</summary>
internal static class TensorRelease
{
    private static readonly string[] Kept = ["num_batches_tracked"];

    /// <summary>The tree without them.</summary>
    /// <param name="model">The whole model.</param>
    /// <param name="held">The modules, below the list of layers.</param>
    public static TorchModule Release(TorchModule model, IReadOnlySet<string> held) =>
        ModelTree.Change(model, (path, module) => held.Contains(path) ? module.Copy(parameters: Without(module.Parameters), buffers: Without(module.Buffers)) : module);

    private static ImmutableArray<KeyValuePair<string, Tensor?>> Without(ImmutableArray<KeyValuePair<string, Tensor?>> tensors) =>
        [.. tensors.Select(static pair => Kept.Contains(pair.Key) ? pair : KeyValuePair.Create(pair.Key, (Tensor?)null))];
}
