using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.FormatOnnx.Heads;

/// <summary>Outputs that hold what a head reads anchor by anchor, as <see cref="OutputForm.Release5"/> has them.</summary>
internal static class AnchorMaps
{
    /// <summary>The value [anchors * row, rows, columns] that an output [anchors, rows, columns, row] is, or null where it is something else.</summary>
    /// <param name="network">The network.</param>
    /// <param name="output">The output.</param>
    /// <param name="row">How many numbers a box must have.</param>
    public static string? SourceOf(Network network, string output, double row)
    {
        Node? node = network.Find(output);
        while (node is { Operation: Identity })
        {
            node = network.Find(node.Inputs[0]);
        }

        return node is { Operation: Transpose { Order: [0, 2, 3, 1] } } && network.Find(node.Inputs[0]) is { Operation: Reshape } split
            && network.ShapeOf(split.Inputs[0]) is { Rank: 3 } source && network.ShapeOf(split.Id) is { Rank: 4 } parts
            && parts[1] == row && parts[2] == source.Height && parts[3] == source.Width
            ? split.Inputs[0]
            : null;
    }
}
