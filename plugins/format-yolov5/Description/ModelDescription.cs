using System.Globalization;
using PluginPrune.Contracts.Operations;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Description;

/// <summary>What a model's .yaml says.</summary>
/// <param name="Channels">Of pictures.</param>
/// <param name="Classes">How many there are.</param>
/// <param name="Depth">By what numbers of blocks are multiplied.</param>
/// <param name="Width">By what widths are multiplied.</param>
/// <param name="Anchors">For each level widths and heights in pixels.</param>
/// <param name="Activation">What stands behind convolutions.</param>
/// <param name="Rows">The layers, backbone and head.</param>
internal sealed record ModelDescription(
    int Channels, int Classes, double Depth, double Width, IReadOnlyList<IReadOnlyList<double>> Anchors, Activation Activation, IReadOnlyList<LayerRow> Rows)
{
    private const int MostRows = 1000;

    /// <summary>How many anchors each level has.</summary>
    public int AnchorsPerLevel => Anchors[0].Count / 2;

    /// <summary>How many channels a level gives: they are no width, and are not multiplied.</summary>
    public int Outputs => AnchorsPerLevel * (Classes + 5);

    /// <summary>Takes it from the values of a .yaml.</summary>
    /// <exception cref="TorchFileException">Something is missing or cannot be.</exception>
    public static ModelDescription Of(PickleDictionary model)
    {
        int classes = (int)Number(model, "nc", 80, 1, 100_000);
        var anchors = Levels(model["anchors"]);
        object?[] rows = [.. RowsOf(model, "backbone"), .. RowsOf(model, "head")];
        return rows.Length is > 0 and <= MostRows
            ? new ModelDescription(
                (int)Number(model, "ch", 3, 1, 4), classes, Number(model, "depth_multiple", 1, 0, 100), Number(model, "width_multiple", 1, 0, 100), anchors, Function(model["activation"]),
                [.. rows.Select((row, i) => Row(row, i, classes))])
            : throw new TorchFileException($"{(rows.Length == 0 ? "it has no layers" : "it has too many layers")}; models have 1 to {MostRows}.");
    }

    private static List<object?> RowsOf(PickleDictionary model, string part) =>
        model[part] as List<object?> ?? throw new TorchFileException($"it has no list '{part}'; a model of YOLOv5 has 'nc', 'anchors', 'backbone' and 'head'.");

    private static double Number(PickleDictionary model, string key, double otherwise, double least, double most)
    {
        double? number = model[key] switch { null => otherwise, long whole => whole, double real => real, _ => null };
        return number is { } found && found >= least && found <= most ? found : throw new TorchFileException($"its '{key}' is no number of {least} to {most}.");
    }

    private static List<IReadOnlyList<double>> Levels(object? value)
    {
        var levels = new List<IReadOnlyList<double>>();
        foreach (object? level in value as List<object?> ?? throw new TorchFileException("its 'anchors' are no lists of pixels."))
        {
            double[] numbers = level is List<object?> list ? [.. list.Select(static item => item switch { long whole => whole, double real => real, _ => double.NaN })] : [];
            levels.Add(numbers.Length > 0 && numbers.Length % 2 == 0 && Array.TrueForAll(numbers, static number => number > 0)
                ? numbers
                : throw new TorchFileException("its 'anchors' are no lists of widths and heights."));
        }

        return levels.Count > 0 && levels.TrueForAll(level => level.Count == levels[0].Count)
            ? levels
            : throw new TorchFileException("its 'anchors' have no levels, or not as many at each.");
    }

    private static LayerRow Row(object? value, int index, int classes)
    {
        if (value is not List<object?> { Count: 4 } row || row[1] is not (long and >= 0 and <= 1000) || row[2] is not string kind || row[3] is not List<object?> arguments)
        {
            throw new TorchFileException($"layer {index} is no [from, number, module, args].");
        }

        long[] from = row[0] switch
        {
            long one => [one],
            List<object?> many when many.Count > 0 && many.TrueForAll(static item => item is long) => [.. many.Select(static item => (long)item!)],
            _ => throw new TorchFileException($"layer {index} does not tell which layers it reads."),
        };
        return new LayerRow(from, row[0] is not long, (long)row[1]!, kind, [.. arguments.Select(argument => Evaluate(argument, classes))]);
    }

    private static object? Evaluate(object? argument, int classes) => argument switch { "None" => null, "nc" => (long)classes, _ => argument };

    /// <summary>For instance 'nn.LeakyReLU(0.1)'.</summary>
    private static Activation Function(object? value)
    {
        string text = value as string ?? "nn.SiLU()";
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string name = (open < 0 ? text : text[..open]).Trim();
        string argument = open < 0 ? string.Empty : text[(open + 1)..].TrimEnd(')', ' ');
        return name switch
        {
            "nn.SiLU" => new Activation(ActivationKind.Silu),
            "nn.ReLU" => new Activation(ActivationKind.Relu),
            "nn.ReLU6" => new Activation(ActivationKind.Relu6),
            "nn.Hardswish" => new Activation(ActivationKind.HardSwish),
            "nn.Mish" => new Activation(ActivationKind.Mish),
            "nn.LeakyReLU" => new Activation(ActivationKind.LeakyRelu)
            {
                Slope = argument.Length == 0 ? 0.01
                    : double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out double slope) && double.IsFinite(slope) ? slope
                    : throw new TorchFileException($"its 'activation' is '{text}', whose slope is no number."),
            },
            _ => throw new TorchFileException($"its 'activation' is '{text}', which is not known here."),
        };
    }
}
