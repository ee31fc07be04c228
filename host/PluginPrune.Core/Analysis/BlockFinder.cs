using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Analysis;

/// <summary>
/// Finds residual blocks of any shape: an addition of x and f(x) where every path into f begins at x and nothing outside
/// reads what lies between. Removing f and the addition then leaves x in place of the sum.
/// </summary>
internal static class BlockFinder
{
    public static ImmutableArray<ResidualBlock> Find(Network network)
    {
        var blocks = ImmutableArray.CreateBuilder<ResidualBlock>();
        foreach (Node junction in network.Nodes.Where(node => node.Operation is Add && node.Inputs.Length == 2 && IsRead(network, node)))
        {
            // The input of the block comes first; where both ways are open, the later value is the branch.
            string[] ends = [.. junction.Inputs.OrderBy(network.IndexOf)];
            if ((FindBranch(network, junction, ends[0], ends[1]) ?? FindBranch(network, junction, ends[1], ends[0])) is { } found)
            {
                blocks.Add(new ResidualBlock(blocks.Count, junction, found.Input, found.Branch));
            }
        }

        return blocks.ToImmutable();
    }

    /// <summary>
    /// Whether the branch ends in a constant once its scales and weights are 0: without that, as in x + tanh(x), there is
    /// nothing by which the branch could be switched off and compared.
    /// </summary>
    private static bool EndsConstant(Network network, SortedSet<int> branch, string end)
    {
        var constant = new HashSet<string>(StringComparer.Ordinal);
        foreach (Node node in branch.Select(index => network.Nodes[index]))
        {
            if (node.Operation is Convolution or Linear or BatchNorm || node.Inputs.All(constant.Contains))
            {
                constant.Add(node.Id);
            }
        }

        return constant.Contains(end);
    }

    /// <summary>An addition that is an output by its own name cannot go: the output would go with it.</summary>
    private static bool IsRead(Network network, Node node) =>
        !network.ConsumersOf(node.Id).IsEmpty || network.Heads.Any(head => head.Input == node.Id);

    private static (string Input, ImmutableArray<Node> Branch)? FindBranch(Network network, Node junction, string input, string end)
    {
        int first = network.IndexOf(input);
        var branch = new SortedSet<int>();
        var open = new Stack<string>([end]);
        while (open.TryPop(out string? value))
        {
            if (value == input)
            {
                continue;
            }

            int index = network.IndexOf(value);
            if (index <= first)
            {
                // A path that goes past the block's input, or ends at an input of the network.
                return null;
            }

            if (branch.Add(index))
            {
                foreach (string source in network.Nodes[index].Inputs)
                {
                    open.Push(source);
                }
            }
        }

        bool closed = branch.Count > 0 && branch.All(index => IsClosed(network.Nodes[index]));
        return closed && EndsConstant(network, branch, end) ? (input, [.. branch.Select(index => network.Nodes[index])]) : null;

        bool IsClosed(Node node) =>
            node.Operation is not Opaque
            && network.Heads.All(head => head.Input != node.Id)
            && network.ConsumersOf(node.Id).All(consumer => consumer.Id == junction.Id || branch.Contains(network.IndexOf(consumer.Id)));
    }
}
