using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatYolov5.Graph;
using PluginPrune.FormatYolov5.Making;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>Brings the modules of a file to what a network has become: tensors, numbers of channels, blocks that went, anchors, names.</summary>
/// <param name="network">The network; it was read from a file of this format.</param>
internal sealed class ModelUpdater(Network network)
{
    private readonly ModelFile _file = network.Annotations.Find<ModelFile>()!;
    private readonly Dictionary<string, Operation> _operations = network.Nodes
        .Where(static node => node.Annotations.Find<ModulePath>() is not null)
        .ToDictionary(static node => node.Annotations.Find<ModulePath>()!.Path, static node => node.Operation, StringComparer.Ordinal);

    private readonly Dictionary<string, Activation> _activations = network.Nodes
        .Where(static node => node.Operation is Activation)
        .ToDictionary(static node => node.Id, static node => (Activation)node.Operation, StringComparer.Ordinal);

    /// <summary>The model that the network is.</summary>
    public TorchModule Update()
    {
        string[] gone = [.. _file.Held.Where(path => !_operations.ContainsKey(path))];
        var crop = new LayerCrop(_file, network);
        TorchModule model = crop.Apply(ModelTree.Change(_file.Model, (path, module) => IsGone(path, gone) && !IsList(path, module) ? null : Update(path, module)));
        model = WithAnchors(model);
        model = network.ClassNames.IsEmpty ? model : model.With("names", NamesLike(model.Attribute("names")));
        return ExplicitDescription.Update(crop.Apply(_file.Model), WithFunction(model));
    }

    /// <summary>The description names the function where one stands behind all convolutions and it is another than it was.</summary>
    private TorchModule WithFunction(TorchModule model)
    {
        var before = new List<Activation>();
        ModelTree.Change(_file.Model, (path, module) =>
        {
            if (_activations.ContainsKey(path) && Activations.Find(new ModuleAt(path, module)) is { } known)
            {
                before.Add(known);
            }

            return module;
        });
        Activation[] now = [.. _activations.Values.Distinct()];
        if (model.Attribute("yaml") is not PickleDictionary yaml || now is not [var only] || before.TrueForAll(known => known == only) || Activations.TextOf(only) is not { } text)
        {
            return model;
        }

        var described = new PickleDictionary();
        foreach ((object? key, object? value) in yaml.Entries.Where(static entry => entry.Key is not "activation"))
        {
            described.Add(key, value);
        }

        described.Add("activation", text);
        return model.With("yaml", described);
    }

    /// <summary>A list within a layer stays where all blocks in it have gone: it passes on what it reads.</summary>
    private static bool IsList(string path, TorchModule module) => module.Type.Name == "Sequential" && path.Contains('.', StringComparison.Ordinal);

    /// <summary>A module all of whose tensors have gone, and that had some.</summary>
    private bool IsGone(string path, string[] gone) =>
        Array.Exists(gone, other => IsIn(other, path)) && !_operations.Keys.Any(other => IsIn(other, path));

    private static bool IsIn(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] == '.');

    private TorchModule Update(string path, TorchModule module)
    {
        if (_activations.TryGetValue(path, out Activation? function) && Activations.Find(new ModuleAt(path, module)) is { } known && known != function && Activations.ClassOf(function) is { } found)
        {
            return TorchModules.Of(found.Type, found.Attributes);
        }

        TorchModule left = module.Type.Name == "Sequential" ? Renumbered(module) : module;
        if (_operations.TryGetValue(path, out Operation? operation))
        {
            left = operation switch
            {
                Convolution convolution => left.Copy(parameters: [.. left.Parameters.Select(pair => KeyValuePair.Create(pair.Key, pair.Key == "bias" ? convolution.Bias : convolution.Weight))])
                    .With("in_channels", (long)convolution.InputChannels).With("out_channels", (long)convolution.OutputChannels).With("groups", (long)convolution.Groups),
                BatchNorm norm => left.Copy(
                    parameters: Fill(left.Parameters, norm),
                    buffers: Fill(left.Buffers, norm)).With("num_features", (long)norm.Gamma.Count),
                _ => left,
            };
        }

        return left.Attribute("np") is long ? left.With("np", ModelFactory.ParametersOf(left)) : left;
    }

    private static ImmutableArray<KeyValuePair<string, Tensor?>> Fill(ImmutableArray<KeyValuePair<string, Tensor?>> tensors, BatchNorm norm) =>
    [
        .. tensors.Select(pair => KeyValuePair.Create(
            pair.Key, norm.Tensors.Where(tensor => ModulePath.NameOf(tensor.Role) == pair.Key).Select(static tensor => (Tensor?)tensor.Tensor).FirstOrDefault() ?? pair.Value)),
    ];

    /// <summary>Blocks behind one that went move up, as a list of modules has them.</summary>
    private static TorchModule Renumbered(TorchModule list) => list.Children.Select(static (pair, i) => pair.Key == i.ToString(CultureInfo.InvariantCulture)).All(static fits => fits)
        ? list
        : list.Copy(children: [.. list.Children.Select(static (pair, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), pair.Value))]);

    private TorchModule WithAnchors(TorchModule model)
    {
        double[] strides = [.. network.Heads.Select(head => (double)network.Inputs[0].Shape.Width / network.ShapeOf(head.Input).Width)];
        return ModelTree.Change(model, (_, module) => module.Type.Name == "Detect" && module.Tensor("anchors") is { } cells
            ? module.Copy(buffers: [.. module.Buffers.Select(pair => pair.Key == "anchors" ? KeyValuePair.Create(pair.Key, (Tensor?)Cells(cells, strides)) : pair)])
            : module);
    }

    /// <summary>The tensor as it is where the heads still say so, else that of their pixels.</summary>
    private Tensor Cells(Tensor cells, double[] strides)
    {
        double[] pixels = [.. network.Heads.SelectMany(static head => head.Parameters["anchors"])];
        ReadOnlySpan<float> known = cells.Floats;
        float[] wanted = new float[pixels.Length];
        int perLevel = pixels.Length / strides.Length;
        bool isSame = known.Length == pixels.Length;
        for (int i = 0; i < pixels.Length; i++)
        {
            isSame &= i < known.Length && known[i] * strides[i / perLevel] == pixels[i];
            wanted[i] = (float)(pixels[i] / strides[i / perLevel]);
        }

        return isSame || known.Length != wanted.Length ? cells : cells.WithFloats(wanted);
    }

    private object NamesLike(object? known)
    {
        if (known is not PickleDictionary)
        {
            return network.ClassNames.Select(static name => (object?)name).ToList();
        }

        var names = new PickleDictionary();
        for (int i = 0; i < network.ClassNames.Length; i++)
        {
            names.Add((long)i, network.ClassNames[i]);
        }

        return names;
    }
}
