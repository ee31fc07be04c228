using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Surgery;

/// <summary>Whether a window ever lies on padding. Padding on the far sides may be there and never be reached.</summary>
internal static class PaddingReach
{
    public static bool SeesPadding(Convolution convolution, Shape input, Shape output) =>
        Sees(input, output, convolution.Kernel, convolution.Stride, convolution.Padding, convolution.Dilation);

    public static bool SeesPadding(AveragePool pool, Shape input, Shape output) =>
        Sees(input, output, pool.Kernel, pool.Stride, pool.Padding, Extent.Square(1));

    private static bool Sees(Shape input, Shape output, Extent kernel, Extent stride, Padding padding, Extent dilation) =>
        padding.Top > 0
        || padding.Left > 0
        || ((output.Height - 1) * stride.Height) + ((kernel.Height - 1) * dilation.Height) - padding.Top >= input.Height
        || ((output.Width - 1) * stride.Width) + ((kernel.Width - 1) * dilation.Width) - padding.Left >= input.Width;
}
