using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionDual;

/// <summary>
/// The paper's example: a residual block of a 1x1 convolution from 256 to 128 channels and a 3x3 convolution back, both with biases. Gammas
/// grow with the channel; sums of weights are such that 40 % by them and 60 % by gammas leave 37 of the 128.
/// </summary>
internal static class PaperBlock
{
    public const string Narrow = "n3";

    public const string Wide = "n6";

    public static Network Make()
    {
        var builder = new NetworkBuilder(1, channels: 256, height: 4, width: 4);
        string trunk = builder.ConvNormAct("input", 256, 1);

        // 60 % of 128 are 76, the channels 0 to 75 by gamma. 40 % are 51: the lowest sums are those of 36 of them and of 76 to 90.
        string narrow = Layer(builder, trunk, 128, 1, static channel => (channel is >= 40 and <= 90 ? 0.1 : 1) + (0.001 * channel));
        string wide = Layer(builder, narrow, 256, 3, static channel => 1 + (0.001 * channel));
        builder.Head(builder.Conv(builder.Add(new Add(), trunk, wide), 5, 1));
        return builder.Build("paper");
    }

    /// <summary>A convolution with biases, each filter of one value and of the given sum, and a batch norm.</summary>
    private static string Layer(NetworkBuilder builder, string input, int filters, int size, Func<int, double> sum)
    {
        int count = builder.Shapes[input].Channels * size * size;
        float[] weights = [.. Enumerable.Range(0, filters).SelectMany(filter => Enumerable.Repeat((float)(sum(filter) / count), count))];
        string convolution = builder.Add(
            new Convolution(Tensor.FromFloats(new Shape(filters, builder.Shapes[input].Channels, size, size), weights), builder.Random(new Shape(filters), 0.1f)) { Padding = Padding.Same(size / 2) },
            input);
        Tensor zero = Tensor.FromFloats(new Shape(filters), new float[filters]);
        Tensor one = Tensor.FromFloats(new Shape(filters), [.. Enumerable.Repeat(1f, filters)]);
        Tensor gamma = Tensor.FromFloats(new Shape(filters), [.. Enumerable.Range(1, filters).Select(static channel => 0.01f * channel)]);
        return builder.Act(builder.Add(new BatchNorm(gamma, zero, zero, one), convolution));
    }
}
