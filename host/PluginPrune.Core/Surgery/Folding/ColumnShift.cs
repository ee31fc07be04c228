using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Surgery;

/// <summary>What constant inputs add to each output of a convolution or linear layer: shift[o] = sum over c of a[c] times the kernel's sum.</summary>
internal static class ColumnShift
{
    /// <param name="operation">A convolution or linear layer.</param>
    /// <param name="constants">The constant a[c] of each input channel.</param>
    /// <param name="rows">The outputs to compute; others stay 0. Null for all.</param>
    /// <returns>For each output of the whole layer its shift, in double precision.</returns>
    public static double[] Of(Operation operation, double[] constants, int[]? rows)
    {
        (Tensor weight, int groups) = operation switch
        {
            Convolution convolution => (convolution.Weight, convolution.Groups),
            Linear linear => (linear.Weight, 1),
            _ => throw new ArgumentException($"A {operation.Name} has no columns.", nameof(operation)),
        };
        int outputs = weight.Shape[0];
        int columns = weight.Shape[1];
        int taps = weight.Count / outputs / columns;
        int[] active = [.. Enumerable.Range(0, constants.Length).Where(channel => constants[channel] != 0)];
        ReadOnlySpan<float> weights = weight.Floats;

        double[] shift = new double[outputs];
        int perGroup = outputs / groups;
        foreach (int row in rows ?? [.. Enumerable.Range(0, outputs)])
        {
            int first = row / perGroup * columns;
            double sum = 0;
            foreach (int channel in active)
            {
                int column = channel - first;
                if ((uint)column >= (uint)columns)
                {
                    continue;
                }

                double kernel = 0;
                foreach (float tap in weights.Slice(((row * columns) + column) * taps, taps))
                {
                    kernel += tap;
                }

                sum += kernel * constants[channel];
            }

            shift[row] = sum;
        }

        return shift;
    }
}
