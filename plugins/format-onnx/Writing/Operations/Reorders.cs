using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>The same elements at other places.</summary>
internal static class Reorders
{
    private const int Channels = 1;

    public static string Write(SpaceToDepth blocks, NodeScope s)
    {
        string moved = ToDepth(s, s.X, blocks.BlockSize);
        return blocks.ColumnsFirst ? s.Emit("Gather", [moved, ColumnsFirst(blocks.BlockSize, s)], OnnxAttribute.Of("axis", Channels)) : moved;
    }

    // Darknet reads the memory of its input as that of a map [channels / (s * s), height * s, width * s].
    public static string Write(Reorg reorg, NodeScope s)
    {
        int square = reorg.BlockChannels;
        string wide = Rescale(s, s.X, s.Input, [1, reorg.Stride, reorg.Stride], [square, 1, 1]);
        return Rescale(s, ToDepth(s, wide, reorg.Stride), s.Input, [square, 1, 1], [1, reorg.Stride, reorg.Stride]);
    }

    public static string Write(ChannelShuffle shuffle, NodeScope s)
    {
        string groups = s.Reshape(s.X, 0, shuffle.Groups, s.Input.Channels / shuffle.Groups, -1);
        return Rescale(s, s.Transpose(groups, 0, 2, 1, 3), s.Input, [1, 1, 1], [1, 1, 1], shapeOf: s.X);
    }

    private static string ToDepth(NodeScope s, string value, int size) => s.Emit("SpaceToDepth", [value], OnnxAttribute.Of("blocksize", size));

    // ONNX counts the places of a block row by row.
    private static string ColumnsFirst(int size, NodeScope s)
    {
        var order = new List<long>();
        for (int place = 0; place < size * size; place++)
        {
            (int x, int y) = Math.DivRem(place, size);
            order.AddRange(Enumerable.Range(0, s.Input.Channels).Select(channel => ((((long)y * size) + x) * s.Input.Channels) + channel));
        }

        return s.Graph.Integers($"{s.Name}.order", new Shape(order.Count), () => [.. order]);
    }

    /// <summary>Reshapes to the extents of a map, times and divided by factors; where sizes are open, they are computed.</summary>
    private static string Rescale(NodeScope s, string value, Shape shape, ReadOnlySpan<long> times, ReadOnlySpan<long> over, string? shapeOf = null)
    {
        if (!s.Graph.IsSizeOpen)
        {
            long[] extents = [0, .. shape.Dimensions];
            for (int axis = 1; axis < extents.Length; axis++)
            {
                extents[axis] = extents[axis] * times[axis - 1] / over[axis - 1];
            }

            return s.Reshape(value, extents);
        }

        string found = s.Emit("Shape", shapeOf ?? s.X);
        if (times.ContainsAnyExcept(1) || over.ContainsAnyExcept(1))
        {
            found = s.Emit("Div", s.Emit("Mul", found, s.Graph.Integers([1, .. times])), s.Graph.Integers([1, .. over]));
        }

        return s.Emit("Reshape", value, found);
    }
}
