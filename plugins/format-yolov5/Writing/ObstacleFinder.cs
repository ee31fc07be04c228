using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatYolov5.Graph;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>
/// Says what keeps a network from being written. What would be read again must be that network, node by node: so nothing can be written
/// that means something else.
/// </summary>
internal static class ObstacleFinder
{
    public static ImmutableArray<string> Find(Network network)
    {
        if (network.Annotations.Find<ModelFile>() is null)
        {
            return ["It was not read from a file of YOLOv5, and nothing says of which of its modules it consists."];
        }

        string[] strangers =
        [
            .. network.Nodes.Where(static node => node.Operation is not Opaque && !node.Operation.Tensors.IsEmpty && node.Annotations.Find<ModulePath>() is null)
                .Select(static node => $"{node}: no module of YOLOv5 holds its tensors."),
        ];
        return strangers.Length > 0 ? [.. strangers] : FindDifference(network) is { } difference ? [difference] : [];
    }

    private static string? FindDifference(Network network)
    {
        Network read;
        try
        {
            read = new NetworkBuilder(new ModelUpdater(network).Update()).Build(network.Name, static _ => { });
            Shape own = network.Inputs[0].Shape;
            read = own == read.Inputs[0].Shape ? read : read.WithInputSize(own.Height, own.Width);
        }
        catch (Exception fault) when (fault is TorchFileException or NetworkException)
        {
            return $"Its modules would not be read as a network of YOLOv5 again: {fault.Message}";
        }

        foreach ((Node one, Node other) in network.Nodes.Zip(read.Nodes))
        {
            // Blocks behind one that went have other names; what they read has the same place.
            if (!Equal(one.Operation, other.Operation) || !one.Inputs.Select(network.IndexOf).SequenceEqual(other.Inputs.Select(read.IndexOf)))
            {
                return $"{one}: it would be read again as {other.Id}, another operation or one with other inputs.";
            }
        }

        return network.Nodes.Length == read.Nodes.Length && network.Heads.Select(head => network.IndexOf(head.Input)).SequenceEqual(read.Heads.Select(head => read.IndexOf(head.Input)))
            ? null
            : $"It has {network.Nodes.Length} nodes and {network.Heads.Length} {(network.Heads.Length == 1 ? "head" : "heads")} where its modules would be read as {read.Nodes.Length} nodes and {read.Heads.Length}.";
    }

    /// <summary>An opaque node's parameters are listed anew each time, and are the same tensors.</summary>
    private static bool Equal(Operation one, Operation other) => one is Opaque left && other is Opaque right
        ? left.Kind == right.Kind && left.Parameters.SequenceEqual(right.Parameters)
        : one == other;
}
