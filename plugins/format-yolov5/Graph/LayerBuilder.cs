using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Graph;

/// <summary>Builds what one module computes, from the modules of torch that it consists of.</summary>
/// <param name="nodes">Takes the nodes.</param>
internal sealed partial class LayerBuilder(NodeList nodes)
{
    /// <summary>Builds a module of any kind but Detect.</summary>
    /// <param name="module">The module.</param>
    /// <param name="inputs">What it reads; one, or for Concat any number.</param>
    /// <returns>The value that it gives.</returns>
    /// <exception cref="TorchFileException">Its kind is not known, or it is incomplete.</exception>
    /// <exception cref="NetworkException">Shapes do not agree.</exception>
    public string Build(ModuleAt module, ImmutableArray<string> inputs)
    {
        if (module.Kind == "Concat")
        {
            return module.Whole("d", 0) == 1
                ? nodes.Add(module, module.Path, new Concat(), inputs)
                : throw module.Fault("joins values along another axis than the channels");
        }

        return inputs is [var input]
            ? Build(module, input)
            : throw module.Fault($"reads {inputs.Length} values; it takes one");
    }

    private string Build(ModuleAt module, string input) => module.Kind switch
    {
        "Conv" or "DWConv" => Conv(module, input),
        "Focus" => Conv(module["conv"], nodes.Add(module, $"{module.Path}.slice", new SpaceToDepth(2, ColumnsFirst: true), input)),
        "Bottleneck" or "CrossConv" => Bottleneck(module, input),
        "BottleneckCSP" => BottleneckCsp(module, input),
        "C3" or "C3x" or "C3TR" or "C3SPP" or "C3Ghost" => C3(module, input),
        "SPP" => Spp(module, input),
        "SPPF" => Sppf(module, input),
        "GhostConv" => Ghost(module, input),
        "GhostBottleneck" => nodes.Add(module, $"{module.Path}.add", new Add(), [Build(module["conv"], input), Build(module["shortcut"], input)]),
        "Contract" => nodes.Add(module, module.Path, new SpaceToDepth(module.Whole("gain", 1)), input),
        "Expand" => Expand(module, input),
        "Upsample" => nodes.Add(module, module.Path, new Upsample(FactorOf(module)), input),
        "MaxPool2d" => nodes.Add(module, module.Path, PoolOf(module), input),
        "TransformerBlock" => Transformer(module, input),
        "Sequential" => module.Children.Aggregate(input, (value, child) => Build(child, value)),
        "Identity" or "Dropout" => input,
        "Conv2d" => Convolution(module, module, input),
        "BatchNorm2d" => Norm(module, module, input),
        _ => Activations.Find(module) is { } activation
            ? nodes.Add(module, module.Path, activation, input)
            : throw module.Fault("is of a kind that is not read here"),
    };

    /// <summary>A convolution, its batch norm unless that was fused into it, and its activation.</summary>
    private string Conv(ModuleAt module, string input)
    {
        string value = Convolution(module, module["conv"], input);
        value = module.Find("bn") is { } norm ? Norm(module, norm, value) : value;
        return module.Find("act") is { } act ? Activate(module, act, value) : value;
    }

    private string Activate(ModuleAt layer, ModuleAt act, string value) => act.Kind == "Identity"
        ? value
        : nodes.Add(layer, act.Path, Activations.Find(act) ?? throw act.Fault("is no function of one variable that is known here"), value);

    private string Convolution(ModuleAt layer, ModuleAt module, string input)
    {
        if (module.Kind != "Conv2d" || module.Module.Attribute("padding_mode") is not (null or "zeros"))
        {
            throw module.Fault("is no convolution with zeros around its input");
        }

        Extent padding = module.Extent("padding", 0);
        return nodes.AddHeld(layer, module, new Convolution(module.Tensor("weight", 4), module.FindTensor("bias", 1))
        {
            Stride = module.Extent("stride", 1),
            Padding = new Padding(padding.Height, padding.Width, padding.Height, padding.Width),
            Dilation = module.Extent("dilation", 1),
            Groups = module.Whole("groups", 1),
        }, input);
    }

    private string Norm(ModuleAt layer, ModuleAt module, string input) => module.Kind == "BatchNorm2d"
        ? nodes.AddHeld(layer, module, new BatchNorm(module.Tensor("weight", 1), module.Tensor("bias", 1), module.Tensor("running_mean", 1), module.Tensor("running_var", 1))
        {
            Epsilon = module.Number("eps", 1e-5),
        }, input)
        : throw module.Fault("is no batch norm");

    /// <summary>Two convolutions, to which the input is added where the module says so.</summary>
    private string Bottleneck(ModuleAt module, string input)
    {
        string value = Build(module["cv2"], Build(module["cv1"], input));
        return module.Is("add") ? nodes.Add(module, $"{module.Path}.add", new Add(), [value, input]) : value;
    }

    /// <summary>cv3 of m(cv1) and cv2 behind each other.</summary>
    private string C3(ModuleAt module, string input)
    {
        string inner = Build(module["m"], Build(module["cv1"], input));
        string outer = Build(module["cv2"], input);
        return Build(module["cv3"], nodes.Add(module, $"{module.Path}.cat", new Concat(), [inner, outer]));
    }

    /// <summary>cv3(m(cv1)) and cv2 behind each other, one batch norm and activation over both, cv4.</summary>
    private string BottleneckCsp(ModuleAt module, string input)
    {
        string inner = Build(module["cv3"], Build(module["m"], Build(module["cv1"], input)));
        string outer = Build(module["cv2"], input);
        string both = Norm(module, module["bn"], nodes.Add(module, $"{module.Path}.cat", new Concat(), [inner, outer]));
        return Build(module["cv4"], Activate(module, module["act"], both));
    }

    /// <summary>cv2 of cv1 and the maxima of it in windows of several sizes.</summary>
    private string Spp(ModuleAt module, string input)
    {
        string value = Build(module["cv1"], input);
        string[] pools = [.. module["m"].Children.Select(pool => Build(pool, value))];
        return Build(module["cv2"], nodes.Add(module, $"{module.Path}.cat", new Concat(), [value, .. pools]));
    }

    /// <summary>cv2 of cv1 and three maxima, each of the one before it.</summary>
    private string Sppf(ModuleAt module, string input)
    {
        const int Pools = 3;
        string[] values = new string[Pools + 1];
        values[0] = Build(module["cv1"], input);
        for (int i = 1; i <= Pools; i++)
        {
            values[i] = nodes.Add(module, $"{module.Path}.m.{i - 1}", PoolOf(module["m"]), values[i - 1]);
        }

        return Build(module["cv2"], nodes.Add(module, $"{module.Path}.cat", new Concat(), [.. values]));
    }

    private string Ghost(ModuleAt module, string input)
    {
        string value = Build(module["cv1"], input);
        return nodes.Add(module, $"{module.Path}.cat", new Concat(), [value, Build(module["cv2"], value)]);
    }
}
