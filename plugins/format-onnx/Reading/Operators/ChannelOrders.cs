using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Channels in another order, which files spell out in several operators.</summary>
internal static class ChannelOrders
{
    /// <summary>A map whose channels were made a matrix, transposed and made channels again: a shuffle.</summary>
    /// <param name="s">The reshape that ends it.</param>
    /// <param name="extents">What that makes.</param>
    public static (Operation Operation, Value X)? ShuffleOf(OperatorScope s, ImmutableArray<int> extents)
    {
        if (s.NodeOf((Value)s[0]!) is not { Operation: Transpose { Order: [1, 0, ..] } transpose } turned
            || !transpose.Order.Skip(2).SequenceEqual(Enumerable.Range(2, transpose.Order.Length - 2))
            || s.Graph.Nodes.Find(turned.Inputs[0]) is not { Operation: Reshape { Target: { Rank: 3 or 4 } target } } matrix
            || extents.Length != 4)
        {
            return null;
        }

        // The shape before is not known here; a matrix of its channels has its rows and columns behind them.
        var shape = new Shape([.. extents[1..]]);
        bool isMatrix = (long)target[0] * target[1] == shape.Channels
            && (target.Rank == 3 ? target[2] == shape.ElementsPerChannel : target[2] == shape.Height && target[3] == shape.Width);
        return isMatrix && s.Graph.Nodes.ShapeOf(matrix.Inputs[0]) == shape
            ? (new ChannelShuffle(target[0]), Value.Of(matrix.Inputs[0], shape, s[0]!.Type))
            : null;
    }

    /// <summary>Blocks of places as channels, put into the order of YOLOv5's Focus.</summary>
    /// <param name="s">The gathering of channels.</param>
    /// <param name="value">What it gathers from.</param>
    /// <param name="channels">Which channels, in their order.</param>
    public static (Operation Operation, Value X)? FocusOf(OperatorScope s, Value value, long[] channels)
    {
        if (s.NodeOf(value) is not { Operation: SpaceToDepth { ColumnsFirst: false } blocks } node || channels.Length != value.Shape.Channels)
        {
            return null;
        }

        int size = blocks.BlockSize;
        int inputs = value.Shape.Channels / size / size;
        for (int i = 0; i < channels.Length; i++)
        {
            (int place, int channel) = Math.DivRem(i, inputs);
            (int x, int y) = Math.DivRem(place, size);
            if (channels[i] != ((((long)y * size) + x) * inputs) + channel)
            {
                return null;
            }
        }

        Shape source = s.Graph.Nodes.ShapeOf(node.Inputs[0]);
        return (new SpaceToDepth(size, ColumnsFirst: true), Value.Of(node.Inputs[0], source, value.Type));
    }
}
