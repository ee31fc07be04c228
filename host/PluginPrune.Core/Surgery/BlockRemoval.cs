using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Surgery;

/// <summary>Takes residual blocks out of a network: what read a block's sum then reads the block's input.</summary>
public static class BlockRemoval
{
    /// <summary>Removes blocks. Constants that a branch contributed are not moved: see <see cref="NetworkSurgeon"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="blocks">Blocks of that network; one may lie within another.</param>
    public static Network Remove(Network network, ImmutableArray<ResidualBlock> blocks)
    {
        if (blocks.IsEmpty)
        {
            return network;
        }

        HashSet<string> removed = new(
            blocks.SelectMany(static block => block.Branch.Append(block.Junction)).Select(static node => node.Id), StringComparer.Ordinal);
        var inputs = blocks.ToDictionary(static block => block.Junction.Id, static block => block.Input, StringComparer.Ordinal);
        return network.With(
            network.Nodes
                .Where(node => !removed.Contains(node.Id))
                .Select(node => node.Inputs.Any(inputs.ContainsKey) ? node with { Inputs = [.. node.Inputs.Select(Resolve)] } : node),
            network.Heads.Select(head => head with { Input = Resolve(head.Input) }));

        string Resolve(string value)
        {
            while (inputs.TryGetValue(value, out string? input))
            {
                value = input;
            }

            return value;
        }
    }
}
