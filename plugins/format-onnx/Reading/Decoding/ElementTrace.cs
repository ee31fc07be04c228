using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Operators;

namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>
/// Follows single elements of a value back to the convolution that they come from, through all that moves them, scales them and shifts them.
/// However a tail is put together, what it does to each element says what it is.
/// </summary>
internal sealed class ElementTrace(Network network)
{
    // No decoding of boxes has as many operators one behind the other; a chain without end must not end the program.
    private const int Deepest = 64;

    private readonly Dictionary<string, Func<int, Term?>> _steps = new(StringComparer.Ordinal);
    private int _depth;

    /// <summary>The operator, and why, where elements could not be followed any further; null before that happened.</summary>
    public string? Stop { get; private set; }

    /// <summary>What an element is made of, or null.</summary>
    public Term? Of(string value, int element) => StepOf(value)(element);

    private Func<int, Term?> StepOf(string value)
    {
        if (_steps.TryGetValue(value, out Func<int, Term?>? known))
        {
            return known;
        }

        _depth++;
        Func<int, Term?> step = network.Find(value) switch
        {
            null => Stopped($"input '{value}' of the network is read"),
            { } node when _depth > Deepest => Stopped($"{node} is the end of more than {Deepest} operators"),
            { } node => StepOf(node) ?? Stopped($"{node} does something else than to move, scale and shift what the last convolutions give"),
        };
        _depth--;
        _steps.Add(value, step);
        return step;
    }

    private Func<int, Term?>? StepOf(Node node)
    {
        Shape shape = network.ShapeOf(node.Id);
        switch (node.Operation)
        {
            case Convolution when shape.Rank == 3:
                return index => Term.Of(node.Id, index);
            case Identity or Reshape or Flatten:
                return StepOf(node.Inputs[0]);
            case Transpose transpose:
                int[] strides = Axes.Strides([.. network.ShapeOf(node.Inputs[0]).Dimensions]);
                return Moved(node.Inputs[0], new ElementMap([.. shape.Dimensions], [.. transpose.Order.Select(axis => strides[axis])], 0));
            case Slice slice:
                int skipped = slice.Start * shape.ElementsPerChannel;
                Func<int, Term?> sliced = StepOf(node.Inputs[0]);
                return index => sliced(index + skipped);
            case Concat:
                return Joined(node, 0);
            case Activation { Kind: ActivationKind.Sigmoid }:
                return Then(node.Inputs[0], TermFunction.Sigmoid);
            case CenterCrop crop when shape == network.ShapeOf(node.Inputs[0]):
                return Then(node.Inputs[0], term => term.Times(crop.Scale).Plus(crop.Offset));
            case Multiply when node.Inputs[0] == node.Inputs[1]:
                return Then(node.Inputs[0], TermFunction.SquaredSigmoid);
            case Opaque when node.Annotations.Find<KeptOperator>() is { } kept:
                return StepOf(node, kept, shape);
            default:
                return null;
        }
    }

    private Func<int, Term?>? StepOf(Node node, KeptOperator kept, Shape shape)
    {
        switch (kept.Operation)
        {
            case "Slice" when node.Annotations.Find<SliceRanges>() is { } slice:
                int[] steps = Axes.Strides([.. network.ShapeOf(node.Inputs[0]).Dimensions]);
                int origin = 0;
                foreach ((int axis, int start, _, int step) in slice.Ranges)
                {
                    // The file counts the pictures as the first axis.
                    origin += start * steps[axis - 1];
                    steps[axis - 1] *= step;
                }

                return Moved(node.Inputs[0], new ElementMap([.. shape.Dimensions], steps, origin));
            case "Concat" when kept.Inputs.All(static input => input.Value is not null):
                return Joined(node, Axes.Normalize(kept.Attributes.FirstOrDefault(static attribute => attribute.Name == "axis")?.Integer ?? 0, shape.Rank + 1) - 1);
            case "Exp":
                return Then(node.Inputs[0], TermFunction.Exponential);
            case "Add" or "Sub" or "Mul" or "Div" or "Pow" when kept.Inputs is [var left, var right] && (left.Constant ?? right.Constant) is { Type: OnnxElementType.Float } constant && network.ShapeOf(node.Inputs[0]) == shape:
                return WithConstant(node, kept.Operation, isFirst: left.Constant is not null, KeptNumbers.Of(constant, shape));
            default:
                return null;
        }
    }

    private Func<int, Term?>? WithConstant(Node node, string operation, bool isFirst, KeptNumbers numbers)
    {
        Func<int, Term?> step = StepOf(node.Inputs[0]);
        return (operation, isFirst) switch
        {
            ("Add", _) => index => step(index)?.Plus(numbers[index]),
            ("Mul", _) => index => step(index)?.Times(numbers[index]),
            ("Sub", false) => index => step(index)?.Plus(-numbers[index]),
            ("Sub", true) => index => step(index)?.Times(-1).Plus(numbers[index]),
            ("Div", false) => index => step(index)?.Times(1 / numbers[index]),
            ("Pow", false) => index => numbers[index] == 2 ? step(index)?.Then(TermFunction.SquaredSigmoid) : null,
            _ => null,
        };
    }

    private Func<int, Term?> Moved(string value, ElementMap map)
    {
        Func<int, Term?> step = StepOf(value);
        return index => step(map[index]);
    }

    private Func<int, Term?> Then(string value, TermFunction function) => Then(value, term => term.Then(function));

    private Func<int, Term?> Then(string value, Func<Term, Term?> next)
    {
        Func<int, Term?> step = StepOf(value);
        return index => step(index) is { } term ? next(term) : null;
    }

    private Func<int, Term?> Joined(Node node, int axis)
    {
        Shape shape = network.ShapeOf(node.Id);
        Func<int, Term?>[] parts = [.. node.Inputs.Select(StepOf)];
        int[] extents = [.. node.Inputs.Select(input => network.ShapeOf(input)[axis])];
        int inner = shape.Dimensions.Skip(axis + 1).Aggregate(1, static (product, extent) => product * extent);
        return index =>
        {
            (int row, int within) = Math.DivRem(index, inner);
            (int outer, int at) = Math.DivRem(row, shape[axis]);
            int part = 0;
            while (at >= extents[part])
            {
                at -= extents[part++];
            }

            return parts[part]((((outer * extents[part]) + at) * inner) + within);
        };
    }

    private Func<int, Term?> Stopped(string why)
    {
        Stop ??= why;
        return static _ => null;
    }
}
