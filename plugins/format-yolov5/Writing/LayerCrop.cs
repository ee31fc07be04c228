using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Graph;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>
/// Takes out of a model the layers, the levels of its Detect and the classes that a network has no more. Layers behind one that went move up,
/// and who read them by number reads them where they are then.
/// </summary>
internal sealed class LayerCrop
{
    private const string List = "model";

    private readonly ImmutableArray<TorchModule> _layers;
    private readonly HashSet<int> _gone;
    private readonly ImmutableArray<int> _levels;
    private readonly long _classes;
    private readonly ImmutableArray<string> _names;

    /// <param name="file">The file that the network was read from.</param>
    /// <param name="network">What it has become.</param>
    public LayerCrop(ModelFile file, Network network)
    {
        _layers = [.. file.Model.Child(List)!.Children.Select(static pair => pair.Value!)];
        var left = network.Nodes.Select(LayerOf).ToHashSet(StringComparer.Ordinal);
        _gone = [.. Enumerable.Range(0, _layers.Length).Where(i => file.Computing.Contains(NameOf(i)) && !left.Contains(NameOf(i)))];
        var convolutions = network.Nodes.Select(static node => node.Annotations.Find<ModulePath>()?.Path).OfType<string>().ToHashSet(StringComparer.Ordinal);
        int levels = _layers[^1].Child("m")?.Children.Length ?? 0;
        _levels = [.. Enumerable.Range(0, levels).Where(level => convolutions.Contains(LevelName(_layers.Length - 1, level)))];
        _classes = network.Heads.IsEmpty ? 0 : (long)network.Heads[0].Number("classes", 0);
        _names = network.ClassNames;
        IsNothing = _gone.Count == 0 && _levels.Length == levels && (_layers[^1].Attribute("nc") is not long classes || classes == _classes);
    }

    /// <summary>Whether the model has all that it had.</summary>
    public bool IsNothing { get; }

    /// <summary>The first part of a node's layer: the number of the layer in the model's list.</summary>
    public static string LayerOf(Node node) => node.Origin.Layer.Split('.')[0];

    /// <summary>The model without what has gone; modules may have been taken out of it already.</summary>
    public TorchModule Apply(TorchModule model)
    {
        if (IsNothing)
        {
            return model;
        }

        TorchModule list = model.Child(List)!;
        var left = ImmutableArray.CreateBuilder<KeyValuePair<string, TorchModule?>>();
        foreach ((string name, TorchModule? module) in list.Children)
        {
            int index = int.Parse(name, CultureInfo.InvariantCulture);
            if (!_gone.Contains(index))
            {
                TorchModule layer = index == _layers.Length - 1 ? Detect(module!) : module!;
                left.Add(KeyValuePair.Create(NameOf(Place(index)), (TorchModule?)layer.With("i", (long)Place(index)).With("f", FromOf(layer.Attribute("f"), index))));
            }
        }

        TorchModule cropped = model.Copy(children: [.. model.Children.Select(pair => pair.Key == List ? KeyValuePair.Create(pair.Key, (TorchModule?)list.Copy(children: left.ToImmutable())) : pair)]);
        cropped = cropped.With("save", Saved(left));
        cropped = cropped.Attribute("nc") is long ? cropped.With("nc", _classes) : cropped;
        cropped = cropped.Attribute("stride") is Tensor strides ? cropped.With("stride", Rows(strides)) : cropped;
        cropped = cropped.Attribute(ClassWeights.Name) is Tensor weights && weights.Shape is { Rank: 1 } shape && shape[0] != _classes ? ClassWeights.Crop(cropped, weights, _names) : cropped;
        return cropped.Attribute("yaml") is PickleDictionary yaml ? cropped.With("yaml", Described(yaml)) : cropped;
    }

    private static string NameOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static string LevelName(int layer, int level) => string.Create(CultureInfo.InvariantCulture, $"{layer}.m.{level}");

    private int Place(int index) => index - _gone.Count(gone => gone < index);

    /// <summary>What a layer reads, where it is now; of the levels of the last one those that are left.</summary>
    private object? FromOf(object? from, int index) => from switch
    {
        long one => Moved(one, index),
        List<object?> many when index == _layers.Length - 1 && many.Count > _levels.Length => _levels.Select(level => (object?)Moved((long)many[level]!, index)).ToList(),
        List<object?> many => many.Select(one => (object?)Moved((long)one!, index)).ToList(),
        _ => from,
    };

    private long Moved(long from, int index)
    {
        int target = (int)(from < 0 ? index + from : from);
        while (target >= 0 && _gone.Contains(target) && _layers[target].Attribute("f") is long before)
        {
            // A block that went: who read it reads what it read.
            target = (int)(before < 0 ? target + before : before);
        }

        int place = target < 0 ? -1 : Place(target);
        return target < 0 || (from < 0 && place == Place(index) - 1) ? -1 : place;
    }

    private TorchModule Detect(TorchModule detect)
    {
        TorchModule levels = detect.Child("m")!;
        KeyValuePair<string, TorchModule?>[] kept = [.. levels.Children.Where(pair => _levels.Contains(int.Parse(pair.Key, CultureInfo.InvariantCulture)))];
        TorchModule left = detect.Copy(
            buffers: [.. detect.Buffers.Select(pair => KeyValuePair.Create(pair.Key, pair.Value is { } tensor ? Rows(tensor) : null))],
            children: [.. detect.Children.Select(pair => pair.Key == "m" ? KeyValuePair.Create(pair.Key, (TorchModule?)levels.Copy(children: [.. kept.Select(static (pair, i) => KeyValuePair.Create(NameOf(i), pair.Value))])) : pair)]);
        foreach ((string name, long value) in new[] { ("nl", (long)_levels.Length), ("nc", _classes), ("no", _classes + 5) })
        {
            left = left.Attribute(name) is long ? left.With(name, value) : left;
        }

        foreach (string name in new[] { "grid", "anchor_grid" })
        {
            // One for each level, which a run fills in.
            left = left.Attribute(name) is List<object?> list && list.Count > _levels.Length ? left.With(name, _levels.Select(level => list[level]).ToList()) : left;
        }

        return left.Attribute("stride") is Tensor strides ? left.With("stride", Rows(strides)) : left;
    }

    /// <summary>Of a tensor with something for each level what the levels that are left have.</summary>
    private Tensor Rows(Tensor tensor)
    {
        int all = _layers[^1].Child("m")!.Children.Length;
        if (tensor.Shape.Rank == 0 || tensor.Shape[0] != all || _levels.Length == all)
        {
            return tensor;
        }

        int bytes = tensor.Count / all * tensor.ElementSize;
        byte[] rows = new byte[_levels.Length * bytes];
        for (int i = 0; i < _levels.Length; i++)
        {
            tensor.Bytes.Slice(_levels[i] * bytes, bytes).CopyTo(rows.AsSpan(i * bytes));
        }

        return Tensor.FromBytes(tensor.Shape.WithChannels(_levels.Length), tensor.Type, rows);
    }

    private static List<object?> Saved(IEnumerable<KeyValuePair<string, TorchModule?>> layers) =>
        [.. layers.SelectMany(static pair => pair.Value!.Attribute("f") is List<object?> many ? many : [pair.Value.Attribute("f")]).OfType<long>().Where(static from => from != -1).Distinct().Order().Select(static from => (object?)from)];

    /// <summary>The rows of the description that are left, where it has one for each layer.</summary>
    private PickleDictionary Described(PickleDictionary yaml)
    {
        int backbone = (yaml["backbone"] as List<object?>)?.Count ?? 0;
        bool fits = backbone + ((yaml["head"] as List<object?>)?.Count ?? 0) == _layers.Length;
        var described = new PickleDictionary();
        foreach ((object? key, object? value) in yaml.Entries)
        {
            described.Add(key, (key, value) switch
            {
                ("nc", long) => _classes,
                ("anchors", List<object?> levels) when levels.Count > _levels.Length => _levels.Select(level => levels[level]).ToList(),
                ("backbone", List<object?> rows) when fits => RowsOf(rows, 0),
                ("head", List<object?> rows) when fits => RowsOf(rows, backbone),
                _ => value,
            });
        }

        return described;
    }

    private List<object?> RowsOf(List<object?> rows, int first) =>
    [
        .. rows.Select((row, i) => (Row: row, Index: first + i))
            .Where(pair => !_gone.Contains(pair.Index))
            .Select(pair => pair.Row is List<object?> { Count: > 0 } row ? new List<object?>([FromOf(row[0], pair.Index), .. row.Skip(1)]) : pair.Row),
    ];
}
