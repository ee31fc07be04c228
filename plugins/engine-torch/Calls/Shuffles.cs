using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Operations that put elements into other places and compute nothing.</summary>
internal static class Shuffles
{
    /// <summary>The same elements, row-major, under another shape.</summary>
    public static Tensor Reshape(Tensor x, Shape shape)
    {
        long[] sizes = new long[shape.Rank + 1];
        sizes[0] = -1;
        for (int i = 0; i < shape.Rank; i++)
        {
            sizes[i + 1] = shape[i];
        }

        return x.reshape(sizes);
    }

    public static Tensor Transpose(Tensor x, Transpose transpose) =>
        x.permute([0, .. transpose.Order.Select(static axis => axis + 1L)]);

    public static Tensor ChannelShuffle(Tensor x, Shape shape, int groups) =>
        shape.Rank == 3 ? torch.nn.functional.channel_shuffle(x, groups) : Regroup(x, shape, groups);

    /// <summary>The same for values of any rank; gradients go through it.</summary>
    public static Tensor Regroup(Tensor x, Shape shape, int groups)
    {
        using Tensor matrix = x.reshape(-1, groups, shape.Channels / groups, shape.ElementsPerChannel);
        using Tensor turned = matrix.permute(0, 2, 1, 3);
        return Reshape(turned, shape);
    }

    /// <summary>Blocks of places to channels: the place within the block becomes the outer part of the channel.</summary>
    public static Tensor SpaceToDepth(Tensor x, Shape shape, SpaceToDepth blocks)
    {
        long size = blocks.BlockSize;
        using Tensor split = x.reshape(-1, shape.Channels, shape.Height / size, size, shape.Width / size, size);
        using Tensor turned = blocks.ColumnsFirst ? split.permute(0, 5, 3, 1, 2, 4) : split.permute(0, 3, 5, 1, 2, 4);
        return turned.reshape(-1, shape.Channels * size * size, shape.Height / size, shape.Width / size);
    }

    /// <summary>
    /// Takes the memory for [c / (s * s), h * s, w * s], moves the places within its blocks outwards, and takes the memory of
    /// the result for [c * s * s, h / s, w / s].
    /// </summary>
    public static Tensor Reorg(Tensor x, Shape shape, int stride)
    {
        long blocks = shape.Channels / stride / stride;
        using Tensor split = x.reshape(-1, blocks, shape.Height, stride, shape.Width, stride);
        using Tensor turned = split.permute(0, 3, 5, 1, 2, 4);
        return turned.reshape(-1, (long)shape.Channels * stride * stride, shape.Height / stride, shape.Width / stride);
    }

    public static Tensor Upsample(Tensor x, Shape shape, int factor)
    {
        long high = (long)shape.Height * factor;
        long wide = (long)shape.Width * factor;
        if (factor == 2)
        {
            return torch.nn.functional.upsample_nearest2d(x, [high, wide]);
        }

        // ATen finds the place that it repeats by a product in single precision, which is one off for some factors.
        using Tensor split = x.reshape(-1, shape.Channels, shape.Height, 1, shape.Width, 1);
        using Tensor repeated = split.expand(-1, -1, -1, factor, -1, factor);
        return repeated.reshape(-1, shape.Channels, high, wide);
    }

    /// <summary>The middle; of an odd rest, the larger part goes at the bottom and on the right.</summary>
    public static Tensor Crop(Tensor x, Shape input, Extent size)
    {
        using Tensor rows = x.narrow(2, (input.Height - size.Height) / 2, size.Height);
        return rows.narrow(3, (input.Width - size.Width) / 2, size.Width);
    }

    /// <summary>Rows and columns of one value around a map, or the map itself.</summary>
    public static Tensor Pad(Tensor x, Padding padding, double value) =>
        padding == default
            ? x.alias()
            : torch.nn.functional.pad(x, Around(padding), value);

    /// <summary>Channels of zeros around those of a value of any rank.</summary>
    public static Tensor PadChannels(Tensor x, Shape shape, ChannelPadding padding)
    {
        // The channels are ATen's last axis but for the rest of the shape.
        long[] sides = new long[2 * shape.Rank];
        (sides[^2], sides[^1]) = (padding.Before, padding.After);
        return torch.nn.functional.pad(x, sides, 0);
    }

    /// <summary>The sides as ATen orders them: of the last axis first, each before and after.</summary>
    public static long[] Around(Padding padding) => [padding.Left, padding.Right, padding.Top, padding.Bottom];
}
