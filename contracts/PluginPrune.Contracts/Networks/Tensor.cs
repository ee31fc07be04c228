using System.Runtime.InteropServices;

namespace PluginPrune.Contracts.Networks;

/// <summary>
/// An immutable array of numbers with a shape, row-major. The elements stay in the type in which their file stores them,
/// so that what is read and written again is the same bit for bit. Safe to share between threads.
/// </summary>
/// <remarks>
/// A tensor owns the array that it is made from: whoever hands an array in must not write to it again.
/// </remarks>
public sealed class Tensor
{
    private readonly Array _elements;

    private Tensor(Shape shape, ElementType type, Array elements)
    {
        if (elements.Length != shape.Count)
        {
            throw new ArgumentException(
                $"A tensor of shape {shape} has {shape.Count} elements; the array has {elements.Length}.", nameof(elements));
        }

        Shape = shape;
        Type = type;
        _elements = elements;
    }

    /// <summary>The extents; of a convolution's weight [out, in / groups, kernel height, kernel width].</summary>
    public Shape Shape { get; }

    /// <summary>How the elements are stored.</summary>
    public ElementType Type { get; }

    /// <summary>How many elements there are.</summary>
    public int Count => _elements.Length;

    /// <summary>The size of one element in bytes.</summary>
    public int ElementSize => Type switch { ElementType.F32 => 4, ElementType.F16 => 2, _ => 8 };

    /// <summary>The elements as they are stored, in the machine's byte order.</summary>
    public ReadOnlySpan<byte> Bytes => Type switch
    {
        ElementType.F32 => MemoryMarshal.AsBytes(((float[])_elements).AsSpan()),
        ElementType.F16 => MemoryMarshal.AsBytes(((Half[])_elements).AsSpan()),
        _ => MemoryMarshal.AsBytes(((long[])_elements).AsSpan()),
    };

    /// <summary>The float view: the elements themselves where they are F32, else a converted copy made by each call.</summary>
    public ReadOnlySpan<float> Floats => Type switch
    {
        ElementType.F32 => (float[])_elements,
        ElementType.F16 => Array.ConvertAll((Half[])_elements, static half => (float)half),
        _ => Array.ConvertAll((long[])_elements, static integer => (float)integer),
    };

    /// <summary>A tensor over 32-bit floats.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="elements">As many elements as <paramref name="shape"/> has; owned by the tensor from now on.</param>
    /// <exception cref="ArgumentException">The array is longer or shorter than the shape.</exception>
    public static Tensor FromFloats(Shape shape, float[] elements) => new(shape, ElementType.F32, elements);

    /// <summary>A vector of 32-bit floats.</summary>
    /// <param name="elements">At least one; owned by the tensor from now on.</param>
    public static Tensor FromFloats(params float[] elements) => new(new Shape(elements.Length), ElementType.F32, elements);

    /// <summary>A tensor over 16-bit floats.</summary>
    /// <inheritdoc cref="FromFloats(Shape, float[])" path="/param|/exception" />
    public static Tensor FromHalfs(Shape shape, Half[] elements) => new(shape, ElementType.F16, elements);

    /// <summary>A tensor over 64-bit integers.</summary>
    /// <inheritdoc cref="FromFloats(Shape, float[])" path="/param|/exception" />
    public static Tensor FromIntegers(Shape shape, long[] elements) => new(shape, ElementType.I64, elements);

    /// <summary>A tensor of a given type over bytes in the machine's order, which are copied.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="type">The element type.</param>
    /// <param name="bytes">As many bytes as the elements take.</param>
    /// <exception cref="ArgumentException">The bytes are more or fewer than the shape and the type ask for.</exception>
    public static Tensor FromBytes(Shape shape, ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.F32 => new(shape, type, MemoryMarshal.Cast<byte, float>(bytes).ToArray()),
        ElementType.F16 => new(shape, type, MemoryMarshal.Cast<byte, Half>(bytes).ToArray()),
        _ => new(shape, type, MemoryMarshal.Cast<byte, long>(bytes).ToArray()),
    };

    /// <summary>The same numbers, converted to the stored type of this tensor. Rounds to nearest.</summary>
    /// <param name="values">As many values as this tensor has elements.</param>
    public Tensor WithFloats(ReadOnlySpan<float> values)
    {
        switch (Type)
        {
            case ElementType.F32:
                return FromFloats(Shape, values.ToArray());
            case ElementType.F16:
                return FromHalfs(Shape, Array.ConvertAll(values.ToArray(), static value => (Half)value));
            default:
                throw new InvalidOperationException("Floats do not fit into a tensor of integers.");
        }
    }
}
