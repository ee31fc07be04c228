using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Description;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Making;

/// <summary>Makes the modules of a model from its description, with the roundings of YOLOv5's own.</summary>
internal sealed class ModelFactory
{
    private const int Divisor = 8;
    private const int Widest = 1 << 20;

    private readonly ModelDescription _model;
    private readonly IWeightSource _weights;
    private readonly ModuleFactory _modules;
    private readonly List<int> _widths = [];
    private readonly List<double> _strides = [];

    public ModelFactory(ModelDescription model, IWeightSource weights)
    {
        _model = model;
        _weights = weights;
        _modules = new ModuleFactory(weights, model.Activation);
    }

    /// <summary>Makes the model.</summary>
    /// <param name="yaml">The description's values, which the model keeps.</param>
    /// <exception cref="TorchFileException">A layer is of a kind that is not made here, or its tensors are not those of the description.</exception>
    public TorchModule Make(PickleDictionary yaml)
    {
        var layers = new List<TorchModule>();
        for (int i = 0; i < _model.Rows.Count; i++)
        {
            LayerRow row = _model.Rows[i];
            TorchModule layer = Layer(row, i)
                .With("i", (long)i)
                .With("f", row.ReadsList ? row.From.Select(static from => (object?)from).ToList() : row.From[0])
                .With("type", TypeOf(row.Kind));
            layers.Add(layer.With("np", ParametersOf(layer)));
        }

        object?[] saved = [.. _model.Rows.SelectMany((row, i) => row.From.Where(static from => from != -1).Select(from => from < 0 ? i + from : from)).Distinct().Order().Select(static from => (object?)from)];
        return TorchModules.Of(
            new PickleGlobal("models.yolo", "Model"),
            [
                ("yaml", yaml), ("yaml_file", "model.yaml"), ("save", new List<object?>(saved)), ("inplace", true), ("nc", (long)_model.Classes),
                ("stride", Tensor.FromFloats([.. _model.Rows[^1].From.Select(from => (float)_strides[Resolve(from, _model.Rows.Count - 1)])])),
                ("names", Names(yaml)),
            ],
            ("model", TorchModules.Sequential(layers)));
    }

    /// <summary>How many learned numbers are in a module.</summary>
    public static long ParametersOf(TorchModule module) =>
        module.Parameters.Sum(static pair => (long)(pair.Value?.Count ?? 0)) + module.Children.Sum(static child => child.Value is null ? 0 : ParametersOf(child.Value));

    private static string TypeOf(string kind) => kind switch
    {
        "nn.Upsample" => "torch.nn.modules.upsampling.Upsample",
        "Detect" => "models.yolo.Detect",
        _ => $"models.common.{kind}",
    };

    private List<object?> Names(PickleDictionary yaml) => yaml["names"] as List<object?> is { } names && names.Count == _model.Classes
        ? names
        : [.. Enumerable.Range(0, _model.Classes).Select(static i => (object?)string.Create(CultureInfo.InvariantCulture, $"class{i}"))];

    private TorchModule Layer(LayerRow row, int index)
    {
        int[] from = [.. row.From.Select(place => Resolve(place, index))];
        int[] widths = [.. from.Select(place => place < 0 ? _model.Channels : _widths[place])];
        double stride = from[0] < 0 ? 1 : _strides[from[0]];
        string path = index.ToString(CultureInfo.InvariantCulture);
        if (row.Kind == "Detect")
        {
            return index == _model.Rows.Count - 1 ? Detect(path, widths, [.. from.Select(place => _strides[place])]) : throw Fault(index, "is no last layer and is a Detect");
        }

        try
        {
            (Part part, double factor) = Kind(row, path, widths);
            _widths.Add(part.Width is > 0 and <= Widest ? part.Width : throw new TorchFileException($"it gives {part.Width} channels; 1 to {Widest} can be."));
            _strides.Add(stride * factor);
            return part.Module;
        }
        catch (TorchFileException fault)
        {
            throw new TorchFileException($"layer {path} ({row.Kind}): {fault.Message}");
        }
    }

    private (Part Part, double Factor) Kind(LayerRow row, string path, int[] widths)
    {
        int inputs = widths[0];
        int count = row.Number > 1 ? Math.Max((int)Math.Round(row.Number * _model.Depth), 1) : (int)row.Number;
        switch (row.Kind)
        {
            case "Concat":
                return (new Part(TorchModules.Of(ModuleFactory.Common("Concat"), [("d", row.Whole(0, 1))]), (int)Math.Min(widths.Sum(static width => (long)width), int.MaxValue)), 1);
            case "nn.Upsample" or "Upsample":
                double factor = row.Real(1, 2);
                return (new Part(TorchModules.Upsample(factor), inputs), 1 / factor);
            case "Contract" or "Expand":
                long gain = Math.Clamp(row.Whole(0, 2), 1, 64);
                bool contracts = row.Kind == "Contract";
                return (new Part(TorchModules.Of(ModuleFactory.Common(row.Kind), [("gain", gain)]), (int)Math.Min(contracts ? inputs * gain * gain : inputs / (gain * gain), int.MaxValue)), contracts ? gain : 1.0 / gain);
            default:
                break;
        }

        int outputs = Width(row);
        bool repeatsInside = row.Kind is "BottleneckCSP" or "C3" or "C3x" or "C3TR" or "C3Ghost";
        int step = row.Kind is "Conv" or "DWConv" or "Focus" or "GhostConv" or "GhostBottleneck" or "CrossConv" ? (int)row.Whole(2, 1) : 1;
        Part part = repeatsInside || count == 1
            ? One(row, path, inputs, outputs, count)
            : ModuleFactory.Repeat(path, inputs, count, (at, width) => One(row, at, width, outputs, 1));
        return (part, Math.Pow(row.Kind == "Focus" ? 2 * step : step, repeatsInside ? 1 : count));
    }

    private Part One(LayerRow row, string path, int inputs, int outputs, int count)
    {
        switch (row.Kind)
        {
            case "Conv":
                return _modules.Conv(path, inputs, outputs, (int)row.Whole(1, 1), (int)row.Whole(2, 1), row.Arguments.Count > 3 && row.Arguments[3] is not null ? (int)row.Whole(3, 0) : null, (int)row.Whole(4, 1), row.Truth(5, otherwise: true));
            case "DWConv":
                return _modules.Conv(path, inputs, outputs, (int)row.Whole(1, 1), (int)row.Whole(2, 1), groups: Divisors(inputs, outputs), acts: row.Truth(3, otherwise: true), kind: "DWConv");
            case "Focus":
                return _modules.Focus(path, inputs, outputs, (int)row.Whole(1, 1), (int)row.Whole(2, 1));
            case "Bottleneck":
                return _modules.Bottleneck(path, inputs, outputs, row.Truth(1, otherwise: true), (int)row.Whole(2, 1), row.Real(3, 0.5));
            case "CrossConv":
                return _modules.CrossConv(path, inputs, outputs, (int)row.Whole(1, 3), (int)row.Whole(2, 1), row.Truth(5, otherwise: false));
            case "BottleneckCSP":
                return _modules.BottleneckCsp(path, inputs, outputs, count, row.Truth(1, otherwise: true), (int)row.Whole(2, 1));
            case "C3":
                return _modules.C3(path, row.Kind, inputs, outputs, (at, width) => ModuleFactory.Repeat(at, width, count, (inner, inside) => _modules.Bottleneck(inner, inside, outputs / 2, row.Truth(1, otherwise: true), (int)row.Whole(2, 1), 1)));
            case "C3x":
                return _modules.C3(path, row.Kind, inputs, outputs, (at, width) => ModuleFactory.Repeat(at, width, count, (inner, inside) => _modules.CrossConv(inner, inside, outputs / 2, 3, 1, row.Truth(1, otherwise: true))));
            case "C3Ghost":
                return _modules.C3(path, row.Kind, inputs, outputs, (at, width) => ModuleFactory.Repeat(at, width, count, (inner, inside) => _modules.GhostBottleneck(inner, inside, outputs / 2)));
            case "C3SPP":
                return _modules.C3(path, row.Kind, inputs, outputs, (at, width) => _modules.Spp(at, width, outputs / 2, Kernels(row)));
            case "SPP":
                return _modules.Spp(path, inputs, outputs, Kernels(row));
            case "SPPF":
                return _modules.Sppf(path, inputs, outputs, (int)row.Whole(1, 5));
            case "GhostConv":
                return _modules.Ghost(path, inputs, outputs, (int)row.Whole(1, 1), (int)row.Whole(2, 1), (int)row.Whole(3, 1));
            case "GhostBottleneck":
                return _modules.GhostBottleneck(path, inputs, outputs, (int)row.Whole(1, 3), (int)row.Whole(2, 1));
            default:
                throw new TorchFileException("it is of a kind that is not made from descriptions; a checkpoint with whole modules may be read.");
        }
    }

    private static int[] Kernels(LayerRow row) => row.Arguments.Count < 2 ? [5, 9, 13]
        : row.Arguments[1] is List<object?> sizes && sizes.TrueForAll(static size => size is long and > 0 and < 1000) ? [.. sizes.Select(static size => (int)(long)size!)]
        : throw new TorchFileException("the sizes of its windows are no list of whole numbers.");

    /// <summary>Widths are multiplied and rounded up to multiples of eight; what leaves the network is not.</summary>
    private int Width(LayerRow row)
    {
        long told = row.Whole(0, 0);
        return told < 1 ? throw new TorchFileException("it tells no width.") : told == _model.Outputs ? (int)told : (int)Math.Ceiling(told * _model.Width / Divisor) * Divisor;
    }

    private TorchModule Detect(string path, int[] widths, double[] strides)
    {
        if (widths.Length != _model.Anchors.Count)
        {
            throw new TorchFileException($"layer {path} (Detect): it reads {widths.Length} layers and there are anchors for {_model.Anchors.Count}.");
        }

        int anchors = _model.AnchorsPerLevel;
        Tensor cells = _weights.Find($"model.{path}.anchors")
            ?? Tensor.FromFloats(new Shape(widths.Length, anchors, 2), [.. _model.Anchors.SelectMany((level, i) => level.Select(pixel => (float)(pixel / strides[i])))]);
        TorchModule[] levels =
        [
            .. widths.Select((width, i) => _modules.Convolution(string.Create(CultureInfo.InvariantCulture, $"{path}.m.{i}"), width, _model.Outputs, (1, 1), (1, 1), (0, 0), 1, bias: true).Module),
        ];
        object?[] empty = [.. widths.Select(static _ => (object?)Tensor.FromFloats(new Shape(1), [0f]))];
        TorchModule detect = TorchModules.Of(
            new PickleGlobal("models.yolo", "Detect"),
            [
                ("nc", (long)_model.Classes), ("no", (long)_model.Classes + 5), ("nl", (long)widths.Length), ("na", (long)anchors), ("grid", new List<object?>(empty)), ("anchor_grid", new List<object?>(empty)),
                ("inplace", true), ("stride", Tensor.FromFloats([.. strides.Select(static stride => (float)stride)])),
            ],
            ("m", TorchModules.ModuleList(levels)));
        Tensor? grid = _weights.Find($"model.{path}.anchor_grid");
        return detect.Copy(buffers: grid is null ? [new("anchors", cells)] : [new("anchors", cells), new("anchor_grid", grid)]);
    }

    private static int Divisors(int one, int other)
    {
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        return one;
    }

    private static int Resolve(long from, int index)
    {
        long place = from < 0 ? index + from : from;
        return place >= -1 && place < index && (place >= 0 || index == 0) ? (int)place : throw Fault(index, $"reads layer {from}, which does not come before it");
    }

    private static TorchFileException Fault(int index, string what) => new($"layer {index} {what}.");
}
