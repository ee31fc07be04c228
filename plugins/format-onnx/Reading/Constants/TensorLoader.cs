using System.Buffers.Binary;
using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Files;

namespace PluginPrune.FormatOnnx.Reading.Constants;

/// <summary>Makes constants of a file's tensors: floats and halves as they are, other floats as floats, all else as whole numbers.</summary>
/// <param name="external">The files beside the model.</param>
internal sealed class TensorLoader(ExternalFiles external)
{
    private const int MostAxes = 16;

    /// <exception cref="OnnxFileException">Its extents or its elements are not what they must be.</exception>
    public Constant Load(StoredTensor tensor)
    {
        ImmutableArray<int> extents = ExtentsOf(tensor, out int count);
        int size = SizeOf(tensor);
        if (!tensor.IsExternal)
        {
            CheckLength(tensor, count, size);
        }

        Tensor? loaded = null;
        return count > 0
            ? Constant.Stored(extents, tensor.Type, () => loaded ??= Read(tensor, new Shape([.. extents]), size))
            : Constant.OfIntegers(extents, tensor.Type, []);
    }

    private Tensor Read(StoredTensor tensor, Shape shape, int size)
    {
        ReadOnlySpan<byte> raw = tensor.IsExternal ? external.Read(tensor, checked(shape.Count * size))
            : tensor.Raw is { } bytes ? bytes.Span
            : tensor.Numbers is { } numbers ? numbers.GetBuffer().AsSpan(0, (int)numbers.Length)
            : [];
        if (raw.IsEmpty)
        {
            return FromList(tensor, shape);
        }

        return tensor.Type switch
        {
            OnnxElementType.Float => Tensor.FromBytes(shape, ElementType.F32, raw),
            OnnxElementType.Half => Tensor.FromBytes(shape, ElementType.F16, raw),
            OnnxElementType.Integer or OnnxElementType.UnsignedInteger => Tensor.FromBytes(shape, ElementType.I64, raw),
            OnnxElementType.Double => Tensor.FromFloats(shape, [.. Each(raw, size, static part => (float)BinaryPrimitives.ReadDoubleLittleEndian(part))]),
            OnnxElementType.BrainHalf => Tensor.FromFloats(shape, [.. Each(raw, size, static part => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(part) << 16))]),
            OnnxElementType.Int => Tensor.FromIntegers(shape, [.. Each(raw, size, static part => (long)BinaryPrimitives.ReadInt32LittleEndian(part))]),
            OnnxElementType.UnsignedInt => Tensor.FromIntegers(shape, [.. Each(raw, size, static part => (long)BinaryPrimitives.ReadUInt32LittleEndian(part))]),
            OnnxElementType.Short => Tensor.FromIntegers(shape, [.. Each(raw, size, static part => (long)BinaryPrimitives.ReadInt16LittleEndian(part))]),
            OnnxElementType.UnsignedShort => Tensor.FromIntegers(shape, [.. Each(raw, size, static part => (long)BinaryPrimitives.ReadUInt16LittleEndian(part))]),
            OnnxElementType.SignedByte => Tensor.FromIntegers(shape, [.. Each(raw, size, static part => (long)(sbyte)part[0])]),
            _ => Tensor.FromIntegers(shape, [.. Each(raw, size, static part => (long)part[0])]),
        };
    }

    private static Tensor FromList(StoredTensor tensor, Shape shape) => tensor.Type switch
    {
        OnnxElementType.Half => Tensor.FromHalfs(shape, [.. tensor.Integers.Select(static bits => BitConverter.UInt16BitsToHalf((ushort)bits))]),
        OnnxElementType.BrainHalf => Tensor.FromFloats(shape, [.. tensor.Integers.Select(static bits => BitConverter.UInt32BitsToSingle((uint)bits << 16))]),
        _ => Tensor.FromIntegers(shape, [.. tensor.Integers]),
    };

    private static List<T> Each<T>(ReadOnlySpan<byte> raw, int size, Func<byte[], T> read)
    {
        var values = new List<T>(raw.Length / size);
        byte[] part = new byte[size];
        for (int i = 0; i < raw.Length; i += size)
        {
            raw.Slice(i, size).CopyTo(part);
            values.Add(read(part));
        }

        return values;
    }

    private static ImmutableArray<int> ExtentsOf(StoredTensor tensor, out int count)
    {
        if (tensor.Extents.Count > MostAxes)
        {
            throw new OnnxFileException($"its tensor '{tensor.Name}' has {tensor.Extents.Count} axes; {MostAxes} are the most.");
        }

        long product = 1;
        foreach (long extent in tensor.Extents)
        {
            if (extent is < 0 or > int.MaxValue || (product *= extent) > int.MaxValue)
            {
                throw new OnnxFileException($"its tensor '{tensor.Name}' has the extents [{string.Join(", ", tensor.Extents)}]; they must be 0 or more, and make 2^31 elements at most.");
            }
        }

        count = (int)product;
        return [.. tensor.Extents.Select(static extent => (int)extent)];
    }

    private static void CheckLength(StoredTensor tensor, int count, int size)
    {
        bool isFloat = tensor.Type is OnnxElementType.Float or OnnxElementType.Double;
        long found = tensor.Raw is { } raw ? raw.Length
            : isFloat ? tensor.Numbers?.Length ?? 0
            : (long)tensor.Integers.Count * size;
        if (found != (long)count * size)
        {
            throw new OnnxFileException($"its tensor '{tensor.Name}' of [{string.Join(", ", tensor.Extents)}] needs {(long)count * size:N0} bytes and has {found:N0}.");
        }
    }

    private static int SizeOf(StoredTensor tensor) => tensor.Type switch
    {
        OnnxElementType.Float or OnnxElementType.Int or OnnxElementType.UnsignedInt => 4,
        OnnxElementType.Double or OnnxElementType.Integer or OnnxElementType.UnsignedInteger => 8,
        OnnxElementType.Half or OnnxElementType.BrainHalf or OnnxElementType.Short or OnnxElementType.UnsignedShort => 2,
        OnnxElementType.Byte or OnnxElementType.SignedByte or OnnxElementType.Boolean => 1,
        _ => throw new OnnxFileException($"its tensor '{tensor.Name}' is of type {tensor.Type}, which is not read; networks of floats are."),
    };
}
