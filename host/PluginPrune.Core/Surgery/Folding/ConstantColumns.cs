using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Surgery;

/// <summary>Writes the columns of a layer that read constant channels: what they carry, or nothing.</summary>
internal static class ConstantColumns
{
    /// <param name="cut">The layer with its rows and columns cut.</param>
    /// <param name="whole">The layer before.</param>
    /// <param name="rows">Which rows are left, ascending.</param>
    /// <param name="columns">Which input channels are left, ascending.</param>
    /// <param name="constants">For each input channel of the whole layer, whether it is constant.</param>
    /// <param name="carried">What columns carry.</param>
    public static Operation Write(
        Operation cut, Operation whole, int[] rows, int[] columns, bool[] constants, IReadOnlyCollection<CarriedColumn> carried)
    {
        // A depthwise layer's constant channels read constants, and nothing else does.
        if (!constants.AsSpan().Contains(true) || whole is Convolution { IsDepthwise: true })
        {
            return cut;
        }

        return (cut, whole) switch
        {
            (Convolution left, Convolution all) => left with { Weight = Write(left.Weight, all.Weight, all.Groups, rows, columns, constants, carried) },
            (Linear left, Linear all) => left with { Weight = Write(left.Weight, all.Weight, 1, rows, columns, constants, carried) },
            _ => cut,
        };
    }

    private static Tensor Write(
        Tensor cut, Tensor whole, int groups, int[] rows, int[] columns, bool[] constants, IReadOnlyCollection<CarriedColumn> carried)
    {
        int width = whole.Shape[1];
        int taps = whole.Count / whole.Shape[0] / width;
        int rowsOfSlice = whole.Shape[0] / groups;
        int cutWidth = cut.Shape[1];
        (int Channel, int Place)[] places = Places(columns, width, constants);
        float[] values = cut.Floats.ToArray();
        for (int i = 0; i < rows.Length; i++)
        {
            int slice = rows[i] / rowsOfSlice;
            ReadOnlySpan<float> source = whole.Floats.Slice(rows[i] * width * taps, width * taps);
            foreach ((int channel, int place) in places)
            {
                if (channel / width == slice)
                {
                    Span<float> target = values.AsSpan(((i * cutWidth) + place) * taps, taps);
                    target.Clear();
                    foreach (CarriedColumn column in carried.Where(column => column.Channel == channel))
                    {
                        Sum(source, column.Shares.AsSpan(slice * width, width), target);
                    }
                }
            }
        }

        return cut.WithFloats(values);
    }

    /// <summary>The constant channels that are left, each with its place among the columns of its slice.</summary>
    private static (int Channel, int Place)[] Places(int[] columns, int width, bool[] constants)
    {
        var places = new List<(int Channel, int Place)>();
        int place = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            place = i > 0 && columns[i] / width == columns[i - 1] / width ? place + 1 : 0;
            if (constants[columns[i]])
            {
                places.Add((columns[i], place));
            }
        }

        return [.. places];
    }

    private static void Sum(ReadOnlySpan<float> source, ReadOnlySpan<double> shares, Span<float> target)
    {
        for (int tap = 0; tap < target.Length; tap++)
        {
            double sum = 0;
            for (int column = 0; column < shares.Length; column++)
            {
                sum += shares[column] * source[(column * target.Length) + tap];
            }

            target[tap] = (float)sum;
        }
    }
}
