using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Windows that slide over maps. ATen pads alike on both sides, by half a window at most; the rest is padded before.</summary>
internal static class Pools
{
    /// <summary>The maximum as the bridge finds it, on the processor.</summary>
    public static Tensor MaximumOnProcessor(Tensor x, MaxPool pool) =>
        torch.nn.functional.MaxPoolChannelsLast(x, Pair(pool.Kernel), Pair(pool.Stride), Shuffles.Around(pool.Padding));

    /// <summary>The maximum as ATen finds it, anywhere.</summary>
    public static Tensor Maximum(Tensor x, MaxPool pool)
    {
        bool fits = Fits(pool.Kernel, pool.Padding);
        using Tensor padded = Shuffles.Pad(x, fits ? default : pool.Padding, double.NegativeInfinity);
        return torch.nn.functional.max_pool2d(padded, Pair(pool.Kernel), Pair(pool.Stride), fits ? Sides(pool.Padding) : [0, 0]);
    }

    public static Call Average(AveragePool pool, Shape input, Placement placement)
    {
        if (Fits(pool.Kernel, pool.Padding))
        {
            return new FunctionCall(inputs =>
                torch.nn.functional.avg_pool2d(inputs[0], Pair(pool.Kernel), Pair(pool.Stride), Sides(pool.Padding), pool.CountsPadding));
        }

        return new PaddedAverageCall(pool, input, placement);
    }

    /// <summary>The mean, once.</summary>
    public static Tensor AverageOf(Tensor x, AveragePool pool, Shape input, Placement placement)
    {
        using Call call = Average(pool, input, placement);
        return call.Run([x], mayOverwrite: false);
    }

    public static long[] Pair(Extent extent) => [extent.Height, extent.Width];

    public static long[] Sides(Padding padding) => [padding.Top, padding.Left];

    private static bool Fits(Extent kernel, Padding padding) =>
        padding.Top == padding.Bottom
        && padding.Left == padding.Right
        && padding.Top <= kernel.Height / 2
        && padding.Left <= kernel.Width / 2;
}
