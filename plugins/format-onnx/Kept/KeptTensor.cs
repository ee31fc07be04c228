using System.Buffers.Binary;
using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;

namespace PluginPrune.FormatOnnx.Kept;

/// <summary>A constant as it is written: of any type, and perhaps empty. Floats of all sizes are single ones.</summary>
/// <param name="Extents">Outermost first.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Bytes">The elements, little endian.</param>
internal sealed record KeptTensor(ImmutableArray<int> Extents, OnnxElementType Type, ReadOnlyMemory<byte> Bytes)
{
    public static KeptTensor Of(Constant constant)
    {
        if (constant.IsFloating)
        {
            byte[] floats = new byte[constant.Count * sizeof(float)];
            double[] numbers = constant.Numbers;
            for (int i = 0; i < numbers.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(floats.AsSpan(i * sizeof(float)), (float)numbers[i]);
            }

            return new KeptTensor(constant.Extents, OnnxElementType.Float, floats);
        }

        int size = constant.Type switch
        {
            OnnxElementType.Boolean or OnnxElementType.Byte or OnnxElementType.SignedByte => 1,
            OnnxElementType.Short or OnnxElementType.UnsignedShort => 2,
            OnnxElementType.Int or OnnxElementType.UnsignedInt => 4,
            _ => 8,
        };
        byte[] bytes = new byte[constant.Count * size];
        byte[] whole = new byte[sizeof(long)];
        long[] integers = constant.Integers;
        for (int i = 0; i < integers.Length; i++)
        {
            // The lower bytes of a number are the same number in a smaller type.
            BinaryPrimitives.WriteInt64LittleEndian(whole, integers[i]);
            whole.AsSpan(0, size).CopyTo(bytes.AsSpan(i * size));
        }

        return new KeptTensor(constant.Extents, constant.Type, bytes);
    }
}
