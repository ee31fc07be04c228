using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <summary>Every operation as its definition reads, for one picture in double precision: slow, and obvious.</summary>
internal static partial class Naive
{
    /// <summary>All values of a network for one picture.</summary>
    public static Dictionary<string, double[]> Run(Network network, params double[][] inputs)
    {
        var values = new Dictionary<string, double[]>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Length; i++)
        {
            values[network.Inputs[i].Name] = inputs[i];
        }

        foreach (Node node in network.Nodes)
        {
            Volume[] volumes = [.. node.Inputs.Select(input => new Volume(network.ShapeOf(input), values[input]))];
            Volume output = new(network.ShapeOf(node.Id));
            Compute(node.Operation, volumes, output);
            values[node.Id] = output.Elements;
        }

        return values;
    }

    /// <summary>A convolution with weights of any precision.</summary>
    public static void Convolve(Convolution convolution, double[] weights, double[]? biases, Volume x, Volume output)
    {
        int inputs = x.Channels / convolution.Groups;
        int outputs = output.Channels / convolution.Groups;
        (int kernelHeight, int kernelWidth) = (convolution.Kernel.Height, convolution.Kernel.Width);
        output.Fill((o, h, w) =>
        {
            double sum = biases?[o] ?? 0;
            for (int i = 0; i < inputs; i++)
            {
                for (int ky = 0; ky < kernelHeight; ky++)
                {
                    for (int kx = 0; kx < kernelWidth; kx++)
                    {
                        int y = (h * convolution.Stride.Height) - convolution.Padding.Top + (ky * convolution.Dilation.Height);
                        int z = (w * convolution.Stride.Width) - convolution.Padding.Left + (kx * convolution.Dilation.Width);
                        if (y >= 0 && y < x.Height && z >= 0 && z < x.Width)
                        {
                            sum += weights[(((((o * inputs) + i) * kernelHeight) + ky) * kernelWidth) + kx]
                                * x[(o / outputs * inputs) + i, y, z];
                        }
                    }
                }
            }

            return sum;
        });
    }

    public static void Compute(Operation operation, Volume[] inputs, Volume output)
    {
        Volume x = inputs[0];
        switch (operation)
        {
            case Identity or Dropout or Flatten or Reshape:
                x.Elements.CopyTo(output.Elements, 0);
                break;
            case Convolution convolution:
                Convolve(convolution, Doubles(convolution.Weight), convolution.Bias is { } shifts ? Doubles(shifts) : null, x, output);
                break;
            case Linear linear:
                output.Fill((o, _, _) => Enumerable.Range(0, x.Channels).Sum(i => linear.Weight.Floats[(o * x.Channels) + i] * x[i, 0, 0])
                    + (linear.Bias is { } bias ? bias.Floats[o] : 0));
                break;
            case BatchNorm norm:
                output.Fill((c, h, w) => (norm.Gamma.Floats[c] * (x[c, h, w] - norm.Mean.Floats[c])
                    / Math.Sqrt(norm.Variance.Floats[c] + norm.Epsilon)) + norm.Beta.Floats[c]);
                break;
            case Activation activation:
                output.Fill((c, h, w) => activation.Apply(x[c, h, w]));
                break;
            case Add:
                output.Fill((c, h, w) => inputs.Sum(input => input[c, h, w]));
                break;
            case Multiply:
                output.Fill((c, h, w) => x[c, h, w] * inputs[1].Repeated(c, h, w));
                break;
            case Concat:
                inputs.SelectMany(static input => input.Elements).ToArray().CopyTo(output.Elements, 0);
                break;
            case Split split:
                output.Fill((c, h, w) => x[(split.Index * output.Channels) + c, h, w]);
                break;
            case Slice slice:
                output.Fill((c, h, w) => x[slice.Start + c, h, w]);
                break;
            case ChannelPadding padding:
                output.Fill((c, h, w) => c < padding.Before || c >= padding.Before + x.Channels ? 0 : x[c - padding.Before, h, w]);
                break;
            case Upsample upsample:
                output.Fill((c, h, w) => x[c, h / upsample.Factor, w / upsample.Factor]);
                break;
            case ChannelShuffle shuffle:
                int perGroup = x.Channels / shuffle.Groups;
                output.Fill((c, h, w) => x[(c % shuffle.Groups * perGroup) + (c / shuffle.Groups), h, w]);
                break;
            case SpaceToDepth blocks:
                output.Fill((c, h, w) =>
                {
                    int place = c / x.Channels;
                    (int slow, int fast) = (place / blocks.BlockSize, place % blocks.BlockSize);
                    (int dy, int dx) = blocks.ColumnsFirst ? (fast, slow) : (slow, fast);
                    return x[c % x.Channels, (h * blocks.BlockSize) + dy, (w * blocks.BlockSize) + dx];
                });
                break;
            case Transpose transpose:
                TransposeAxes(transpose, x, output);
                break;
            default:
                Gather(operation, x, output);
                break;
        }
    }

    private static double[] Doubles(Tensor tensor) => Array.ConvertAll(tensor.Floats.ToArray(), static x => (double)x);

    private static void TransposeAxes(Transpose transpose, Volume x, Volume output)
    {
        int rank = x.Shape.Rank;
        for (int i = 0; i < output.Elements.Length; i++)
        {
            int[] index = new int[rank];
            int rest = i;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                index[transpose.Order[axis]] = rest % output.Shape[axis];
                rest /= output.Shape[axis];
            }

            int source = 0;
            for (int axis = 0; axis < rank; axis++)
            {
                source = (source * x.Shape[axis]) + index[axis];
            }

            output.Elements[i] = x.Elements[source];
        }
    }
}
