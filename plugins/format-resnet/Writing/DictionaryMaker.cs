using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatResnet.Modules;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatResnet.Writing;

/// <summary>
/// Makes the state dictionary of a network. What would be read from it must be that network, node by node: so nothing can be written
/// that means something else.
/// </summary>
internal sealed class DictionaryMaker(Network network, ResnetOptions options)
{
    public ImmutableArray<string> FindObstacles()
    {
        if (network.Annotations.Find<ResnetFile>() is null)
        {
            return ["It was not read from a state dictionary of a residual network, and nothing says how torch would name its modules."];
        }

        string[] strangers = [.. network.Nodes
            .Where(static node => !node.Operation.Tensors.IsEmpty && node.Annotations.Find<ResnetModule>() is null)
            .Select(static node => $"{node}: no module of a residual network holds its tensors.")];
        return strangers.Length > 0 ? [.. strangers] : FindDifference() is { } difference ? [difference] : [];
    }

    /// <exception cref="InvalidOperationException">There are obstacles.</exception>
    public StateDictionary Make()
    {
        ImmutableArray<string> obstacles = FindObstacles();
        return obstacles.IsEmpty ? Collect() : throw new InvalidOperationException($"The network cannot be written as a state dictionary: {string.Join(' ', obstacles)}");
    }

    private StateDictionary Collect()
    {
        ResnetFile file = network.Annotations.Find<ResnetFile>()!;
        var entries = ImmutableArray.CreateBuilder<StateEntry>();
        var facts = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<long>>(StringComparer.Ordinal);
        foreach (Node node in network.Nodes)
        {
            if (node.Annotations.Find<ResnetModule>() is { } module)
            {
                string prefix = file.Prefix + module.Name;
                entries.AddRange(node.Operation.Tensors.Select(tensor => new StateEntry($"{prefix}.{ResnetModule.NameOf(tensor.Role)}", tensor.Tensor)));
                if (module.Batches is { } batches)
                {
                    entries.Add(new StateEntry($"{prefix}.{ResnetModule.BatchesName}", batches));
                }
            }
            else if (node.Operation is ChannelPadding padding && (padding is { Before: 0, After: 0 } || (padding.After - padding.Before) is not (0 or 1)))
            {
                // None at all is told too: without it, the shortcut would have no such operation.
                facts[file.Prefix + node.Origin.Layer] = [padding.Before, padding.After];
            }
        }

        return new StateDictionary(entries.ToImmutable()) { Wrapper = file.Wrapper, Facts = facts.ToImmutable() };
    }

    private string? FindDifference()
    {
        Network read;
        try
        {
            read = new NetworkReader(Collect(), options).Read(network.Name, string.Empty);
        }
        catch (Exception fault) when (fault is TorchFileException or NetworkException)
        {
            return $"Its tensors would not be read as a residual network again: {fault.Message}";
        }

        Node[] own = [.. RepeatedActivations.Remove(network).Nodes];
        foreach ((Node one, Node other) in own.Zip(read.Nodes))
        {
            if (one.Id != other.Id || one.Operation != other.Operation || !one.Inputs.AsSpan().SequenceEqual(other.Inputs.AsSpan()))
            {
                return $"{one}: it would be read again as {other.Id}, another operation or one with other inputs.";
            }
        }

        return own.Length == read.Nodes.Length && network.Heads is [var head] && head.Input == read.Heads[0].Input
            ? null
            : $"It has {own.Length} nodes and {network.Heads.Length} {(network.Heads.Length == 1 ? "head" : "heads")} where its tensors would be read as {read.Nodes.Length} nodes and one head.";
    }
}
