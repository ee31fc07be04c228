using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Reading.Constants;

/// <summary>Computes with constants. How much is computed in all is bounded.</summary>
internal sealed class ConstantMath
{
    // Grids of anchors have a hundred thousand numbers; a hostile file asks for thousands of millions.
    private const long Most = 1 << 25;

    private long _spent;

    public Constant Map(Constant value, Func<double, double> number, Func<long, long> integer)
    {
        Spend(value.Extents);
        return value.IsFloating
            ? Constant.OfNumbers(value.Extents, value.Type, Array.ConvertAll(value.Numbers, new Converter<double, double>(number)))
            : Constant.OfIntegers(value.Extents, value.Type, Array.ConvertAll(value.Integers, new Converter<long, long>(integer)));
    }

    public Constant Zip(Constant left, Constant right, Func<double, double, double> number, Func<long, long, long> integer)
    {
        ImmutableArray<int> extents = Axes.Broadcast(left.Extents, right.Extents);
        (int[] lefts, int[] rights) = (Sources(left.Extents, extents), Sources(right.Extents, extents));
        if (left.IsFloating)
        {
            (double[] a, double[] b) = (left.Numbers, right.Numbers);
            return Constant.OfNumbers(extents, left.Type, [.. lefts.Select((source, i) => number(a[source], b[rights[i]]))]);
        }

        (long[] c, long[] d) = (left.Integers, right.Integers);
        return Constant.OfIntegers(extents, left.Type, [.. lefts.Select((source, i) => integer(c[source], d[rights[i]]))]);
    }

    public Constant Compare(Constant left, Constant right, Func<double, double, bool> compare)
    {
        ImmutableArray<int> extents = Axes.Broadcast(left.Extents, right.Extents);
        (int[] lefts, int[] rights) = (Sources(left.Extents, extents), Sources(right.Extents, extents));
        (double[] a, double[] b) = (left.Numbers, right.Numbers);
        return Constant.OfIntegers(extents, OnnxElementType.Boolean, [.. lefts.Select((source, i) => compare(a[source], b[rights[i]]) ? 1L : 0)]);
    }

    public Constant Choose(Constant condition, Constant one, Constant other)
    {
        ImmutableArray<int> extents = Axes.Broadcast(condition.Extents, Axes.Broadcast(one.Extents, other.Extents));
        (Constant c, Constant x, Constant y) = (Expand(condition, extents), Expand(one, extents), Expand(other, extents));
        return x.IsFloating
            ? Constant.OfNumbers(extents, x.Type, [.. c.Integers.Select((flag, i) => flag != 0 ? x.Numbers[i] : y.Numbers[i])])
            : Constant.OfIntegers(extents, x.Type, [.. c.Integers.Select((flag, i) => flag != 0 ? x.Integers[i] : y.Integers[i])]);
    }

    public Constant Expand(Constant value, ImmutableArray<int> extents) => Take(value, extents, Sources(value.Extents, extents));

    public Constant Cast(Constant value, OnnxElementType type)
    {
        Spend(value.Extents);
        return type is OnnxElementType.Float or OnnxElementType.Half or OnnxElementType.Double or OnnxElementType.BrainHalf
            ? Constant.OfNumbers(value.Extents, type, value.Numbers)
            : Constant.OfIntegers(value.Extents, type, type == OnnxElementType.Boolean ? Array.ConvertAll(value.Numbers, static number => number != 0 ? 1L : 0) : value.Integers);
    }

    public Constant Concat(ReadOnlySpan<Constant> parts, int axis)
    {
        int[] extents = [.. parts[0].Extents];
        extents[axis] = 0;
        foreach (Constant part in parts)
        {
            extents[axis] = part.Rank == extents.Length ? checked(extents[axis] + part.Extents[axis]) : throw new OnnxFileException("constants of different ranks are joined.");
        }

        Spend(extents);
        int outer = extents[..axis].Aggregate(1, static (product, extent) => product * extent);
        var numbers = new List<double>();
        var integers = new List<long>();
        bool isFloating = parts[0].IsFloating;
        for (int i = 0; i < outer; i++)
        {
            foreach (Constant part in parts)
            {
                int inner = part.Count / outer;
                if (isFloating)
                {
                    numbers.AddRange(part.Numbers.AsSpan(i * inner, inner));
                }
                else
                {
                    integers.AddRange(part.Integers.AsSpan(i * inner, inner));
                }
            }
        }

        return isFloating ? Constant.OfNumbers([.. extents], parts[0].Type, [.. numbers]) : Constant.OfIntegers([.. extents], parts[0].Type, [.. integers]);
    }

    /// <summary>Elements picked by their places.</summary>
    /// <param name="value">The elements.</param>
    /// <param name="extents">Of what is made.</param>
    /// <param name="place">The place of each element in the value, given where it stands in what is made.</param>
    public Constant Pick(Constant value, ImmutableArray<int> extents, Func<int[], int> place)
    {
        Spend(extents);
        int[] sources = new int[Axes.Count(extents.AsSpan())];
        int[] at = new int[extents.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = place(at);
            for (int axis = at.Length - 1; axis >= 0 && ++at[axis] == extents[axis]; axis--)
            {
                at[axis] = 0;
            }
        }

        return Take(value, extents, sources);
    }

    /// <summary>Counts what will be computed.</summary>
    public void Spend(ReadOnlySpan<int> extents)
    {
        if ((_spent += Axes.Count(extents)) > Most)
        {
            throw new OnnxFileException($"computing its constants takes more than {Most:N0} numbers. Simplify the file with the tool that made it.");
        }
    }

    private void Spend(ImmutableArray<int> extents) => Spend(extents.AsSpan());

    private static Constant Take(Constant value, ImmutableArray<int> extents, int[] sources)
    {
        if (value.IsFloating)
        {
            double[] numbers = value.Numbers;
            return Constant.OfNumbers(extents, value.Type, Array.ConvertAll(sources, source => numbers[source]));
        }

        long[] integers = value.Integers;
        return Constant.OfIntegers(extents, value.Type, Array.ConvertAll(sources, source => integers[source]));
    }

    /// <summary>For each element of a larger shape the one of a smaller that it repeats.</summary>
    private int[] Sources(ImmutableArray<int> from, ImmutableArray<int> extents)
    {
        Spend(extents);
        int[] strides = Axes.Strides(from);
        int[] along = new int[extents.Length];
        for (int i = 1; i <= from.Length; i++)
        {
            along[^i] = from[^i] == 1 ? 0 : strides[^i];
        }

        int[] sources = new int[Axes.Count(extents.AsSpan())];
        int[] at = new int[extents.Length];
        int source = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = source;
            for (int axis = at.Length - 1; axis >= 0; axis--)
            {
                source += along[axis];
                if (++at[axis] < extents[axis])
                {
                    break;
                }

                source -= along[axis] * extents[axis];
                at[axis] = 0;
            }
        }

        return sources;
    }
}
