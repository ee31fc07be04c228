using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Files;

namespace PluginPrune.FormatOnnx.Reading.Graph;

/// <summary>
/// A file that takes a fixed number of pictures at once has that number in its constants: in shapes, in grids that are there once for each
/// picture. Here they become what they are for one picture, as networks are read.
/// </summary>
internal static class OnePicture
{
    private static readonly ImmutableHashSet<string> ByElement =
    [
        "Add", "Sub", "Mul", "Div", "Pow", "Mod", "Max", "Min", "Sum", "Mean", "PRelu", "Where", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Xor",
    ];

    /// <summary>What an operator reads, for one picture.</summary>
    /// <exception cref="OnnxFileException">Pictures are put together, or a constant treats them differently.</exception>
    public static Operand?[] Of(StoredNode node, Operand?[] operands, int pictures)
    {
        if (pictures == 1 || operands is [] || operands.OfType<Value>().Select(static value => value.Rank).DefaultIfEmpty(0).Max() is not (> 1 and var rank))
        {
            return operands;
        }

        switch (node.Operation)
        {
            case "Reshape" when operands is [Value, Constant { Rank: 1, Count: > 0 } shape, ..]:
                return shape.Integers[0] == 1 ? throw Mixed(pictures) : With(operands, 1, First(shape, pictures));

            // Axes meet from the last one on: of a shorter shape none is that of the pictures, of a longer one another than the first.
            case "Expand" when operands is [Value, Constant { Rank: 1 } shape, ..] && shape.Count >= rank:
                return shape.Count > rank ? throw Mixed(pictures) : With(operands, 1, First(shape, pictures));
            case "Slice" when operands[0] is Value && TakesSome(node, operands, rank, pictures):
                throw new OnnxFileException($"it takes some of the {pictures} pictures that the file takes at once. Make the file anew for one picture, or for any number.");
            case "Flatten" when IsPictures(node, operands[0]!.Rank):
            case "Unsqueeze" when AxesOf(node, operands).Contains(0):
                throw Mixed(pictures);
            case "Resize" when operands is [Value, _, _, Constant { Rank: 1, Count: > 0 } sizes]:
                return With(operands, 3, First(sizes, pictures));
            case var operation when ByElement.Contains(operation):
                return [.. operands.Select(operand => operand is Constant constant && constant.Rank == rank && constant.Extents[0] == pictures ? Shared(constant) : operand)];
            default:
                return operands;
        }
    }

    private static bool IsPictures(StoredNode node, int rank) => node.Attributes.GetValueOrDefault("axis")?.Integer is { } axis && (axis == 0 || axis == -rank);

    private static IEnumerable<long> AxesOf(StoredNode node, Operand?[] operands) =>
        operands.ElementAtOrDefault(1) is Constant constant ? constant.Integers : node.Attributes.GetValueOrDefault("axes")?.Integers ?? [];

    private static bool TakesSome(StoredNode node, Operand?[] operands, int rank, int pictures)
    {
        (long[] starts, long[] ends) = (ListOf("starts", 1), ListOf("ends", 2));
        long[] axes = ListOf("axes", 3) is { Length: > 0 } said ? said : [.. Enumerable.Range(0, starts.Length).Select(static axis => (long)axis)];
        long[] steps = ListOf("steps", 4);
        for (int i = 0; i < Math.Min(axes.Length, Math.Min(starts.Length, ends.Length)); i++)
        {
            if ((axes[i] == 0 || axes[i] == -rank) && Axes.Range(starts[i], ends[i], i < steps.Length ? steps[i] : 1, pictures) != (0, pictures, 1))
            {
                return true;
            }
        }

        return false;

        // Attributes up to version 9, inputs later.
        long[] ListOf(string name, int index) => operands.ElementAtOrDefault(index) is Constant constant ? constant.Integers : [.. node.Attributes.GetValueOrDefault(name)?.Integers ?? []];
    }

    private static Operand?[] With(Operand?[] operands, int index, Constant constant) => [.. operands[..index], constant, .. operands[(index + 1)..]];

    private static Constant First(Constant shape, int pictures) => shape.Integers[0] == pictures ? Constant.Vector([1, .. shape.Integers[1..]]) : shape;

    /// <summary>What a constant has for each of the pictures, where that is the same.</summary>
    private static Constant Shared(Constant constant)
    {
        int count = constant.Count / constant.Extents[0];
        double[] numbers = constant.Numbers;
        for (int i = count; i < numbers.Length; i++)
        {
            if (!numbers[i].Equals(numbers[i - count]))
            {
                throw new OnnxFileException($"its constant {constant.Describe()} is another for each of the {constant.Extents[0]} pictures that the file takes at once. Make the file anew for one, or for any number.");
            }
        }

        ImmutableArray<int> extents = constant.Extents.SetItem(0, 1);
        return constant.IsFloating ? Constant.OfNumbers(extents, constant.Type, numbers[..count]) : Constant.OfIntegers(extents, constant.Type, constant.Integers[..count]);
    }

    private static OnnxFileException Mixed(int pictures) =>
        new($"it puts what belongs to the {pictures} pictures that the file takes at once into one. Make the file anew for one picture, or for any number.");
}
