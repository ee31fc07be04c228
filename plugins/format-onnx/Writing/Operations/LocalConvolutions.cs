using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>A convolution with a kernel of its own at every place: what each place sees is gathered, then multiplied place by place.</summary>
internal static class LocalConvolutions
{
    public static string Write(LocalConvolution local, NodeScope s)
    {
        int places = s.Output.ElementsPerChannel;
        int taps = local.Weight.Count / places / s.Output.Channels;
        string flat = s.Reshape(Pad(local.Padding, s), 0, -1);
        string indexes = s.Graph.Integers($"{s.Name}.places", new Shape(places, taps, 1), () => Sources(local, s.Input, s.Output));
        string seen = s.Emit("Gather", [flat, indexes], OnnxAttribute.Of("axis", 1));

        // [places, out, taps] by [pictures, places, taps, 1].
        string weight = s.Graph.Weights(
            $"{s.Name}.weight", new Shape(places, s.Output.Channels, taps), () => Tensor.FromFloats(new Shape(places, s.Output.Channels, taps), local.Weight.Floats.ToArray()));
        string product = s.Transpose(s.Emit("MatMul", weight, seen), 0, 2, 1, 3);
        string map = s.Reshape(product, [0, .. s.Output.Dimensions]);
        return s.Emit("Add", map, s.Graph.Weights($"{s.Name}.bias", local.Bias));
    }

    private static string Pad(Padding padding, NodeScope s) => padding == default
        ? s.X
        : s.Emit("Pad", s.X, s.Graph.Integers(0, 0, padding.Top, padding.Left, 0, 0, padding.Bottom, padding.Right));

    // For every place and tap the place in the padded input.
    private static long[] Sources(LocalConvolution local, Shape input, Shape output)
    {
        Shape kernel = local.Weight.Shape;
        int height = input.Height + local.Padding.Top + local.Padding.Bottom;
        int width = input.Width + local.Padding.Left + local.Padding.Right;
        long[] sources = new long[output.ElementsPerChannel * kernel[2] * kernel[3] * kernel[4]];
        int next = 0;
        for (int place = 0; place < output.ElementsPerChannel; place++)
        {
            (int y, int x) = Math.DivRem(place, output.Width);
            for (int row = 0; row < kernel[2] * kernel[3]; row++)
            {
                (int channel, int dy) = Math.DivRem(row, kernel[3]);
                long start = ((((long)channel * height) + (y * local.Stride.Height) + dy) * width) + (x * local.Stride.Width);
                for (int dx = 0; dx < kernel[4]; dx++)
                {
                    sources[next++] = start + dx;
                }
            }
        }

        return sources;
    }
}
