using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Graph;
using PluginPrune.FormatYolov5.Modules;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>What a file held beside the tensors of the network's nodes: it is written again with it.</summary>
/// <param name="Model">The modules, without the tensors that nodes hold.</param>
/// <param name="Held">The modules whose tensors nodes hold.</param>
/// <param name="Computing">The layers that compute something, by their numbers; others pass on what they read.</param>
/// <param name="Others">What lay beside the model in a checkpoint and is plain, such as the date.</param>
/// <param name="Content">In which form it was.</param>
/// <param name="Wrapper">The key under which a state dictionary lay, or null.</param>
/// <param name="Prefix">What the names of a state dictionary begin with.</param>
internal sealed record ModelFile(
    TorchModule Model,
    ImmutableHashSet<string> Held,
    ImmutableHashSet<string> Computing,
    ImmutableArray<KeyValuePair<string, object?>> Others,
    FileContent Content,
    string? Wrapper,
    string Prefix)
{
    /// <summary>A file that holds a model.</summary>
    /// <param name="model">The model as it was read; its tensors are let go where nodes hold them.</param>
    /// <param name="network">What it computes.</param>
    /// <param name="content">In which form it was.</param>
    public static ModelFile Of(TorchModule model, Network network, FileContent content)
    {
        ImmutableHashSet<string> held = [.. network.Nodes.Select(static node => node.Annotations.Find<ModulePath>()?.Path).OfType<string>()];
        return new ModelFile(TensorRelease.Release(model, held), held, [.. network.Nodes.Select(LayerCrop.LayerOf)], [], content, null, string.Empty);
    }
}
