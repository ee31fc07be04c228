using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Constants;

namespace PluginPrune.FormatOnnx.Reading.Graph;

/// <summary>Zeros around a map that stand in the file as an operator of their own. A convolution takes them into its padding.</summary>
internal static class Margins
{
    /// <summary>The value with all that the file promises.</summary>
    public static Value MakePlain(OperatorScope scope, Value value)
    {
        if (value.IsPlain)
        {
            return value;
        }

        if (value.Margin == default)
        {
            return scope.Emit("reshape", new Reshape(new Shape([.. value.Extents[1..]])), value) with { Type = value.Type };
        }

        // A convolution of each channel with 1 alone gives what it gets, with its padding.
        int channels = value.Shape.Channels;
        float[] ones = new float[channels];
        Array.Fill(ones, 1);
        var copy = new Convolution(Tensor.FromFloats(new Shape(channels, 1, 1, 1), ones), null) { Groups = channels, Padding = value.Margin };
        return scope.Emit("pad", copy, value with { Margin = default });
    }
}
