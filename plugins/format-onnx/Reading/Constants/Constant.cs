using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Reading.Constants;

/// <summary>A tensor that is known when the file is read. Floats of whatever size are numbers, all else is whole numbers.</summary>
internal sealed record Constant : Operand
{
    private readonly Func<Tensor>? _load;
    private readonly Lazy<double[]> _numbers;
    private readonly Lazy<long[]> _integers;

    private Constant(ImmutableArray<int> extents, OnnxElementType type, Func<Tensor>? load, Func<double[]> numbers, Func<long[]> integers)
        : base(extents, type)
    {
        _load = load;
        _numbers = new Lazy<double[]>(numbers);
        _integers = new Lazy<long[]>(integers);
        Count = extents.Aggregate(1, static (product, extent) => checked(product * extent));
    }

    /// <summary>How many elements there are, perhaps 0.</summary>
    public int Count { get; }

    public bool IsFloating => Type is OnnxElementType.Float or OnnxElementType.Half or OnnxElementType.Double or OnnxElementType.BrainHalf;

    /// <summary>The elements as numbers, whatever their type.</summary>
    public double[] Numbers => _numbers.Value;

    /// <summary>The elements as whole numbers; floats are cut off.</summary>
    public long[] Integers => _integers.Value;

    /// <summary>A constant over a file's tensor, which is loaded when it is asked for.</summary>
    public static Constant Stored(ImmutableArray<int> extents, OnnxElementType type, Func<Tensor> load)
    {
        return new Constant(extents, type, load, () => Array.ConvertAll(load().Floats.ToArray(), static value => (double)value), ToIntegers);

        long[] ToIntegers()
        {
            Tensor tensor = load();
            return tensor.Type == ElementType.I64
                ? MemoryMarshal.Cast<byte, long>(tensor.Bytes).ToArray()
                : Array.ConvertAll(tensor.Floats.ToArray(), static value => (long)value);
        }
    }

    public static Constant OfNumbers(ImmutableArray<int> extents, OnnxElementType type, double[] numbers) =>
        new(extents, type, null, () => numbers, () => Array.ConvertAll(numbers, static value => (long)value));

    public static Constant OfIntegers(ImmutableArray<int> extents, OnnxElementType type, long[] integers) =>
        new(extents, type, null, () => Array.ConvertAll(integers, static value => (double)value), () => integers);

    /// <summary>A vector of whole numbers.</summary>
    public static Constant Vector(params long[] integers) => OfIntegers([integers.Length], OnnxElementType.Integer, integers);

    /// <summary>The same elements under other extents.</summary>
    public Constant With(ImmutableArray<int> extents) => new(extents, Type, _load, () => Numbers, () => Integers);

    /// <summary>The elements as a network holds them: in the type of the file where that is one of its types.</summary>
    /// <param name="shape">As many elements as there are.</param>
    public Tensor ToTensor(Shape shape)
    {
        if (_load is not null && _load() is var stored && (!IsFloating || stored.Type != ElementType.I64))
        {
            return stored.Shape == shape ? stored : Tensor.FromBytes(shape, stored.Type, stored.Bytes);
        }

        return IsFloating
            ? Tensor.FromFloats(shape, Array.ConvertAll(Numbers, static value => (float)value))
            : Tensor.FromIntegers(shape, Integers);
    }

    /// <summary>The elements as a network holds them.</summary>
    public Tensor ToTensor() => ToTensor(new Shape([.. Extents]));
}
