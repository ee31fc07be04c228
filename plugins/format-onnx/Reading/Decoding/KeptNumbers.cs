using System.Buffers.Binary;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Reading.Constants;

namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>The numbers of a constant that meets a value element by element.</summary>
internal sealed class KeptNumbers
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ElementMap _places;

    private KeptNumbers(ReadOnlyMemory<byte> bytes, ElementMap places) => (_bytes, _places) = (bytes, places);

    /// <summary>What meets an element of the value.</summary>
    public double this[int index] => BinaryPrimitives.ReadSingleLittleEndian(_bytes.Span[(_places[index] * sizeof(float))..]);

    /// <param name="constant">Of single precision, as constants are that meet what a network computes.</param>
    /// <param name="shape">The shape of the value, which has at least the axes of the constant.</param>
    public static KeptNumbers Of(KeptTensor constant, Shape shape)
    {
        int[] strides = Axes.Strides(constant.Extents);
        int[] steps = new int[shape.Rank];
        for (int back = 1; back <= Math.Min(steps.Length, strides.Length); back++)
        {
            steps[^back] = constant.Extents[^back] == 1 ? 0 : strides[^back];
        }

        return new KeptNumbers(constant.Bytes, new ElementMap([.. shape.Dimensions], steps, 0));
    }
}
