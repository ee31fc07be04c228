using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <content>The operations that look at several places or channels at once.</content>
internal static partial class Naive
{
    private static void Gather(Operation operation, Volume x, Volume output)
    {
        switch (operation)
        {
            case MaxPool pool:
                output.Fill((c, h, w) => Window(x, c, h, w, pool.Kernel, pool.Stride, pool.Padding).Max());
                break;
            case AveragePool pool:
                output.Fill((c, h, w) =>
                {
                    List<double> seen = Window(x, c, h, w, pool.Kernel, pool.Stride, pool.Padding);
                    return seen.Sum() / (pool.CountsPadding ? pool.Kernel.Height * pool.Kernel.Width : seen.Count);
                });
                break;
            case GlobalAveragePool:
                output.Fill((c, _, _) => x.Channel(c).Average());
                break;
            case GlobalMaxPool:
                output.Fill((c, _, _) => x.Channel(c).Max());
                break;
            case Softmax:
                output.Fill((c, h, w) => Math.Exp(x[c, h, w]) / x.Place(h, w).Sum(Math.Exp));
                break;
            case ChannelNormalization { Kind: ChannelNormalizationKind.Sum }:
                output.Fill((c, h, w) => Math.Max(x[c, h, w], 0) / (1e-4 + x.Place(h, w).Sum(static v => Math.Max(v, 0))));
                break;
            case ChannelNormalization { Kind: ChannelNormalizationKind.Softmax }:
                output.Fill((c, h, w) => Math.Exp(x[c, h, w]) / (1e-4 + x.Place(h, w).Sum(Math.Exp)));
                break;
            case ChannelNormalization { Kind: ChannelNormalizationKind.SoftmaxMaximum }:
                output.Fill((c, h, w) =>
                {
                    double largest = x.Place(h, w).Max();
                    return Math.Exp(x[c, h, w] - largest) / (1e-4 + x.Place(h, w).Sum(v => Math.Exp(v - largest)));
                });
                break;
            default:
                throw new NotSupportedException(operation.Name);
        }
    }

    private static List<double> Window(Volume x, int channel, int h, int w, Extent kernel, Extent stride, Padding padding)
    {
        var seen = new List<double>();
        for (int ky = 0; ky < kernel.Height; ky++)
        {
            for (int kx = 0; kx < kernel.Width; kx++)
            {
                int y = (h * stride.Height) - padding.Top + ky;
                int z = (w * stride.Width) - padding.Left + kx;
                if (y >= 0 && y < x.Height && z >= 0 && z < x.Width)
                {
                    seen.Add(x[channel, y, z]);
                }
            }
        }

        return seen;
    }
}
