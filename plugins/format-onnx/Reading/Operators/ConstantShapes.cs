using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Constants under other extents, in other orders, taken apart, put together and repeated.</summary>
internal static class ConstantShapes
{
    /// <summary>The result, or null where the operator does something else.</summary>
    public static Constant? Compute(OperatorScope s, Constant x)
    {
        ConstantMath math = s.Graph.Math;
        switch (s.Operation)
        {
            case "Reshape" when s.IntegersAt(1, "shape") is { } wanted:
                return x.With(Axes.Reshape(x.Extents, wanted, s.Integer("allowzero", 0) != 0));
            case "Flatten":
                int split = (int)Math.Clamp(s.Integer("axis", 1), 0, x.Rank);
                return x.With([(int)Axes.Count(x.Extents.AsSpan(..split)), (int)Axes.Count(x.Extents.AsSpan(split..))]);
            case "Squeeze":
                int[] gone = s.IntegersAt(1, "axes") is { } named
                    ? [.. named.Select(axis => Axes.Normalize(axis, x.Rank))]
                    : [.. Enumerable.Range(0, x.Rank).Where(axis => x.Extents[axis] == 1)];
                return x.With([.. x.Extents.Where((_, axis) => !gone.Contains(axis))]);
            case "Unsqueeze":
                return x.With(Unsqueezed(x, s.IntegersAt(1, "axes") ?? []));
            case "Transpose":
                return Transpose(s, x, math);
            case "Concat":
                return math.Concat([.. Enumerable.Range(0, s.Inputs).Select(index => s.ConstantAt(index) ?? throw s.Fault("one of its inputs is left out."))], Axes.Normalize(s.Integer("axis", 0), x.Rank));
            case "Gather" when s.ConstantAt(1) is { } indices:
                return Gather(x, indices, Axes.Normalize(s.Integer("axis", 0), x.Rank), math);
            case "Slice":
                return Slice(s, x, math);
            case "Expand" when s.ConstantAt(1) is { } shape:
                return math.Expand(x, Axes.Broadcast(x.Extents, Extents(shape)));
            case "Tile" when s.ConstantAt(1) is { } repeats && repeats.Count == x.Rank:
                int[] strides = Axes.Strides(x.Extents);
                return math.Pick(x, [.. x.Extents.Select((extent, axis) => checked((int)(extent * repeats.Integers[axis])))], at => Place(at, (value, axis) => value % x.Extents[axis] * strides[axis]));
            case "ConstantOfShape":
                Constant value = s.Find("value")?.Tensor is { } tensor ? s.Graph.Tensors.Load(tensor) : Constant.OfNumbers([1], OnnxElementType.Float, [0]);
                return math.Expand(value, Extents(x));
            case "Range" when s.ConstantAt(1) is { Count: 1 } limit && s.ConstantAt(2) is { Count: 1 } delta:
                return Range(x, limit, delta, math);
            default:
                return null;
        }
    }

    private static ImmutableArray<int> Extents(Constant shape) => [.. shape.Integers.Select(static extent => extent >= 0 ? checked((int)extent) : throw new OnnxFileException($"an extent is {extent}."))];

    private static ImmutableArray<int> Unsqueezed(Constant x, long[] axes)
    {
        int rank = x.Rank + axes.Length;
        HashSet<int> places = [.. axes.Select(axis => Axes.Normalize(axis, rank))];
        int next = 0;
        return [.. Enumerable.Range(0, rank).Select(axis => places.Contains(axis) ? 1 : x.Extents[next++])];
    }

    private static Constant Transpose(OperatorScope s, Constant x, ConstantMath math)
    {
        int[] order = s.Integers("perm") is { Count: > 0 } perm ? [.. perm.Select(axis => Axes.Normalize(axis, x.Rank))] : [.. Enumerable.Range(0, x.Rank).Reverse()];
        if (order.Length != x.Rank || order.Distinct().Count() != x.Rank)
        {
            throw s.Fault($"[{string.Join(", ", order)}] is no order of {x.Rank} axes.");
        }

        int[] strides = Axes.Strides(x.Extents);
        return math.Pick(x, [.. order.Select(axis => x.Extents[axis])], at => Place(at, (value, axis) => value * strides[order[axis]]));
    }

    private static Constant Gather(Constant x, Constant indices, int axis, ConstantMath math)
    {
        int[] picked = [.. indices.Integers.Select(index => Axes.Normalize(index, x.Extents[axis]))];
        int[] strides = Axes.Strides(x.Extents);
        int[] places = Axes.Strides(indices.Extents);
        return math.Pick(x, [.. x.Extents[..axis], .. indices.Extents, .. x.Extents[(axis + 1)..]], at =>
        {
            int index = 0;
            for (int i = 0; i < places.Length; i++)
            {
                index += at[axis + i] * places[i];
            }

            int source = picked[index] * strides[axis];
            for (int i = 0; i < at.Length; i++)
            {
                source += i < axis ? at[i] * strides[i] : i >= axis + places.Length ? at[i] * strides[i - places.Length + 1] : 0;
            }

            return source;
        });
    }

    private static Constant Slice(OperatorScope s, Constant x, ConstantMath math)
    {
        long[] starts = s.IntegersAt(1, "starts") ?? [];
        long[] ends = s.IntegersAt(2, "ends") ?? [];
        long[] axes = s.IntegersAt(3, "axes") is { Length: > 0 } named ? named : [.. Enumerable.Range(0, starts.Length).Select(static axis => (long)axis)];
        long[] steps = s.IntegersAt(4, "steps") ?? [.. Enumerable.Repeat(1L, starts.Length)];
        int[] extents = [.. x.Extents];
        int[] strides = Axes.Strides(x.Extents);
        int[] factors = [.. strides];
        int origin = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = Axes.Normalize(axes[i], x.Rank);
            (int start, int length, int step) = Axes.Range(starts[i], ends[i], steps[i], x.Extents[axis]);
            extents[axis] = length;
            factors[axis] = strides[axis] * step;
            origin += start * strides[axis];
        }

        return math.Pick(x, [.. extents], at => origin + Place(at, (value, axis) => value * factors[axis]));
    }

    private static Constant Range(Constant start, Constant limit, Constant delta, ConstantMath math)
    {
        double count = Math.Max(0, Math.Ceiling((limit.Numbers[0] - start.Numbers[0]) / delta.Numbers[0]));
        int length = count <= int.MaxValue ? (int)count : throw new OnnxFileException($"a range has {count:G3} numbers.");
        math.Spend([length]);
        return start.IsFloating
            ? Constant.OfNumbers([length], start.Type, [.. Enumerable.Range(0, length).Select(i => start.Numbers[0] + (i * delta.Numbers[0]))])
            : Constant.OfIntegers([length], start.Type, [.. Enumerable.Range(0, length).Select(i => start.Integers[0] + (i * delta.Integers[0]))]);
    }

    private static int Place(int[] at, Func<int, int, int> along)
    {
        int place = 0;
        for (int axis = 0; axis < at.Length; axis++)
        {
            place += along(at[axis], axis);
        }

        return place;
    }
}
