using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Files;

namespace PluginPrune.FormatOnnx.Reading.Interface;

/// <summary>Reads what a graph takes.</summary>
internal static class InputReader
{
    private const int LargestSide = 1 << 15;
    private const int LargestPicture = 4;
    private const int MostPictures = 4096;

    /// <summary>How many pictures the inputs take at once; null for any number.</summary>
    /// <exception cref="OnnxFileException">They differ, or it is no number of pictures.</exception>
    public static int? PicturesOf(IReadOnlyList<StoredValue> inputs)
    {
        long?[] numbers = [.. inputs.Select(static input => input.Extents is [{ Number: > 0 and var number }, ..] ? number : (long?)null).Distinct()];
        return numbers switch
        {
            [null] => null,
            [{ } pictures] when pictures <= MostPictures => (int)pictures,
            _ => throw new OnnxFileException($"its inputs are {string.Join(" and ", inputs.Select(static input => $"'{input.Name}' {input.Describe()}"))}: the first axis is that of the pictures, which must be {MostPictures} at most, or open, and the same for all inputs."),
        };
    }

    /// <exception cref="OnnxFileException">It is not what a network of pictures takes.</exception>
    public static NetworkInput Read(StoredValue input, OnnxOptions options, ModelMetadata metadata)
    {
        if (input.Type is not (OnnxElementType.Float or OnnxElementType.Half or OnnxElementType.Double) || input.Extents is not { Length: >= 2 } extents)
        {
            throw new OnnxFileException($"its input '{input.Name}' is {input.Describe()} of type {input.Type?.ToString() ?? "unknown"}; pictures [N, channels, height, width] of floats were wanted.");
        }

        if (extents.Length == 4 && extents[3].Number is <= LargestPicture && (extents[1].Number ?? int.MaxValue) > LargestPicture)
        {
            throw new OnnxFileException($"its input '{input.Name}' is {input.Describe()}: the channels come last. Make the file anew with channels first (tf2onnx: --inputs-as-nchw {input.Name}).");
        }

        (int height, int width) = extents.Length == 4 && (extents[2].Number is null || extents[3].Number is null) ? SizeOf(input, options, metadata) : (0, 0);
        int[] shape = [.. extents.Skip(1).Select((extent, axis) => extent.Number switch
        {
            > 0 and <= int.MaxValue and var number => (int)number,
            null when extents.Length == 4 && axis == 1 => height,
            null when extents.Length == 4 && axis == 2 => width,
            _ => throw new OnnxFileException($"its input '{input.Name}' is {input.Describe()}; all extents but the first, the height and the width must be numbers."),
        })];
        try
        {
            var made = new Shape(shape);
            return new NetworkInput(input.Name, made, metadata.PreprocessingOf(input.Name) ?? Standard(made.Channels, options));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new OnnxFileException($"its input '{input.Name}' is {input.Describe()}, which holds more than 2^31 elements.");
        }
    }

    private static (int Height, int Width) SizeOf(StoredValue input, OnnxOptions options, ModelMetadata metadata)
    {
        if (options.OpenSize is not { } text)
        {
            return metadata.Size ?? throw new OnnxFileException(
                $"its input '{input.Name}' is {input.Describe()}, of any size, and nothing says which is meant. Give --open-size, for instance --open-size 640 or --open-size 640x384 (width x height).");
        }

        int[] sides = [.. text.Split('x', 'X').Select(static side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= LargestSide ? number : 0)];
        return sides switch
        {
            [> 0 and var side] => (side, side),
            [> 0 and var width, > 0 and var height] => (height, width),
            _ => throw new OptionException($"--open-size is '{text}'; it takes a side such as 640, or WIDTHxHEIGHT such as 640x384."),
        };
    }

    private static Preprocessing Standard(int channels, OnnxOptions options) => new()
    {
        Order = channels == 1 ? ChannelOrder.Grey : ChannelOrder.Rgb,
        Mean = NumbersOf("mean", options.Mean, channels),
        Deviation = NumbersOf("std", options.Std, channels) is var numbers && numbers.All(static number => number > 0)
            ? numbers
            : throw new OptionException($"--std is '{options.Std}'; channels are divided by it, so each number must be above 0."),
    };

    private static ImmutableArray<double> NumbersOf(string option, string? text, int channels)
    {
        if (text is null)
        {
            return [];
        }

        double[] numbers = [.. text.Split(',').Select(static part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : double.NaN)];
        return numbers.Length == channels && !Array.Exists(numbers, double.IsNaN)
            ? [.. numbers]
            : throw new OptionException($"--{option} is '{text}'; it takes a number for each of the {channels} channels, for instance 0.485,0.456,0.406.");
    }
}
