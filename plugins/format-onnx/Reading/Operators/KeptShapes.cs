using System.Collections.Immutable;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>What operators that are kept give. All of them leave the pictures apart, or say so by an axis that is refused.</summary>
internal static class KeptShapes
{
    /// <summary>The outputs, or null for an operator that is not known.</summary>
    /// <param name="s">The operator.</param>
    /// <param name="operands">What it reads, in the form that it is kept in.</param>
    public static ImmutableArray<KeptOutput>? Infer(OperatorScope s, Operand?[] operands)
    {
        Operand x = operands[0] ?? throw s.Fault("it reads nothing.");
        switch (s.Operation)
        {
            case "Exp" or "Log" or "Sqrt" or "Abs" or "Neg" or "Floor" or "Ceil" or "Round" or "Erf" or "Reciprocal" or "Sin" or "Cos" or "Sign" or "Softplus" or "Softsign"
                or "Elu" or "Selu" or "Celu" or "Gelu" or "ThresholdedRelu" or "Shrink" or "HardSigmoid" or "Clip" or "LRN" or "InstanceNormalization" or "LayerNormalization"
                or "GroupNormalization" or "LpNormalization" or "MeanVarianceNormalization" or "CumSum" or "Not" or "BatchNormalization" or "Trilu" or "Tan" or "Atan":
                return [new(x.Extents, x.Type)];
            case "Softmax" or "LogSoftmax" or "Hardmax":
                NotThePictures(s, s.Integer("axis", s.Opset < 13 ? 1 : -1), x);
                return [new(x.Extents, x.Type)];
            case "Cast":
                return [new(x.Extents, KeptForms.CastType(s))];
            case "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Mod" or "Max" or "Min" or "Sum" or "Mean" or "PRelu":
                return [new(Meet(operands), operands.OfType<Value>().First().Type)];
            case "Equal" or "Greater" or "Less" or "GreaterOrEqual" or "LessOrEqual" or "And" or "Or" or "Xor":
                return [new(Meet(operands), OnnxElementType.Boolean)];
            case "Where":
                return [new(Meet(operands), operands[1]!.Type)];
            case "Concat":
                return [Concat(s, operands)];
            case "Expand" when operands[1] is Constant shape:
                return [new(Axes.Broadcast(x.Extents, [.. shape.Integers.Select(static extent => checked((int)extent))]), x.Type)];
            case "Tile" when operands[1] is Constant repeats && repeats.Count == x.Rank:
                return [new([.. x.Extents.Select((extent, axis) => checked((int)(extent * repeats.Integers[axis])))], x.Type)];
            case "Gather":
                return [Gather(s, x, operands[1]!)];
            case "GatherElements":
                NotThePictures(s, s.Integer("axis", 0), x);
                return [new(operands[1]!.Extents, x.Type)];
            case "TopK" when operands[1] is Constant count:
                int along = NotThePictures(s, s.Integer("axis", -1), x);
                ImmutableArray<int> top = x.Extents.SetItem(along, checked((int)count.Integers[0]));
                return [new(top, x.Type), new(top, OnnxElementType.Integer)];
            case "ArgMax" or "ArgMin":
                return [new(Reduce(x.Extents, [NotThePictures(s, s.Integer("axis", 0), x)], s.Integer("keepdims", 1) != 0), OnnxElementType.Integer)];
            case var reduction when reduction.StartsWith("Reduce", StringComparison.Ordinal):
                ImmutableArray<int> axes = KeptForms.ReducedAxes(s);
                NotThePictures(s, axes.Min(), x);
                return [new(Reduce(x.Extents, axes, s.Integer("keepdims", 1) != 0), x.Type)];
            case "MatMul":
                return [new(Product(s, x.Extents, operands[1]!.Extents), x.Type)];
            case "Pad" when operands[1] is Constant pads && pads.Count == 2 * x.Rank && s[3] is null:
                return [new([.. x.Extents.Select((extent, axis) => checked((int)(extent + pads.Integers[axis] + pads.Integers[axis + x.Rank])))], x.Type)];
            case "Resize" or "Upsample":
                double[] scales = Resizes.ScalesOf(s)!;
                return [new([.. x.Extents.Select((extent, axis) => checked((int)Math.Floor((extent * scales[axis]) + 1e-6)))], x.Type)];
            case "DepthToSpace" when x.Rank == 4:
                int block = checked((int)s.Integer("blocksize", 1));
                return [new([x.Extents[0], x.Extents[1] / block / block, x.Extents[2] * block, x.Extents[3] * block], x.Type)];
            case "MaxPool" or "AveragePool" or "ConvTranspose" when x.Rank == 4:
                return KeptWindows.Infer(s, x, operands);
            default:
                return null;
        }
    }

    private static ImmutableArray<int> Meet(Operand?[] operands) =>
        operands.OfType<Operand>().Select(static operand => operand.Extents).Aggregate(Axes.Broadcast);

    private static int NotThePictures(OperatorScope s, long axis, Operand x) => Axes.Normalize(axis, x.Rank) is > 0 and var normal
        ? normal
        : throw s.Fault($"it works along axis {axis} of {x.Describe()}, which is that of the pictures.");

    private static KeptOutput Concat(OperatorScope s, Operand?[] operands)
    {
        Value first = operands.OfType<Value>().First();
        int axis = NotThePictures(s, s.Integer("axis", 1), first);
        int sum = operands.Sum(operand => operand!.Extents[axis]);
        bool agrees = operands.All(operand => operand!.Rank == first.Rank && operand.Extents.SetItem(axis, 0).AsSpan().SequenceEqual(first.Extents.SetItem(axis, 0).AsSpan()));
        return agrees
            ? new(first.Extents.SetItem(axis, sum), first.Type)
            : throw s.Fault($"it joins {string.Join(" and ", operands.Select(static operand => operand!.Describe()))} along axis {axis}.");
    }

    private static KeptOutput Gather(OperatorScope s, Operand x, Operand indices)
    {
        int axis = Axes.Normalize(s.Integer("axis", 0), x.Rank);
        if (axis == 0 && x is Value)
        {
            throw s.Fault("it picks pictures, or is of a value without an axis for them.");
        }

        return new([.. x.Extents[..axis], .. indices.Extents, .. x.Extents[(axis + 1)..]], x.Type);
    }

    private static ImmutableArray<int> Reduce(ImmutableArray<int> extents, ImmutableArray<int> axes, bool keeps) => keeps
        ? [.. extents.Select((extent, axis) => axes.Contains(axis) ? 1 : extent)]
        : [.. extents.Where((_, axis) => !axes.Contains(axis))];

    private static ImmutableArray<int> Product(OperatorScope s, ImmutableArray<int> left, ImmutableArray<int> right) =>
        left.Length >= 2 && right.Length >= 2 && left[^1] == right[^2]
            ? [.. Axes.Broadcast(left[..^2], right[..^2]), left[^2], right[^1]]
            : throw s.Fault($"[{string.Join(", ", left)}] cannot be multiplied by [{string.Join(", ", right)}].");
}
