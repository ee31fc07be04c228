using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatYolov5.Graph;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Making;

/// <summary>
/// Makes YOLOv5's modules. Widths are asked for as the description has them and taken as the tensors have them, so that a pruned state
/// fits the description that it was pruned from.
/// </summary>
/// <param name="weights">Gives the tensors.</param>
/// <param name="activation">What stands behind convolutions.</param>
internal sealed class ModuleFactory(IWeightSource weights, Activation activation)
{
    private const double HalfWidth = 0.5;
    private const double MostWeights = 1 << 28;

    private readonly TorchModule _act = ActivationModule(activation);

    public static PickleGlobal Common(string name) => new("models.common", name);

    /// <summary>A convolution with batch norm and activation, unless the state has them fused.</summary>
    public Part Conv(string path, int inputs, int outputs, int kernel = 1, int stride = 1, int? padding = null, int groups = 1, bool acts = true, string kind = "Conv") =>
        Conv(path, inputs, outputs, (kernel, kernel), (stride, stride), (padding ?? kernel / 2, padding ?? kernel / 2), groups, acts, kind);

    public Part Conv(
        string path, int inputs, int outputs, (int Rows, int Columns) kernel, (int Rows, int Columns) stride, (int Rows, int Columns) padding, int groups, bool acts, string kind = "Conv")
    {
        Part convolution = Convolution($"{path}.conv", inputs, outputs, kernel, stride, padding, groups, bias: false);
        var children = new List<(string, TorchModule)> { ("conv", convolution.Module) };
        if (convolution.Module.Tensor("bias") is null)
        {
            children.Add(("bn", Norm($"{path}.bn", convolution.Width)));
        }

        children.Add(("act", acts ? _act : TorchModules.Identity()));
        return new Part(TorchModules.Of(Common(kind), [], children), convolution.Width);
    }

    public Part Convolution(
        string path, int inputs, int outputs, (int Rows, int Columns) kernel, (int Rows, int Columns) stride, (int Rows, int Columns) padding, int groups, bool bias)
    {
        if (inputs < 1 || outputs < 1 || groups < 1 || outputs % groups != 0 || kernel.Rows < 1 || kernel.Columns < 1 || stride.Rows < 1 || stride.Columns < 1
            || (double)outputs * inputs * kernel.Rows * kernel.Columns > MostWeights * groups)
        {
            throw new TorchFileException($"'model.{path}' would take {inputs} and give {outputs} channels in {groups} groups with windows of {kernel} and steps of {stride}, which cannot be.");
        }

        Tensor weight = weights.Take($"model.{path}.weight", new Shape(outputs, Math.Max(1, inputs / groups), kernel.Rows, kernel.Columns));
        Tensor? shift = bias ? weights.Take($"model.{path}.bias", new Shape(outputs)) : weights.Find($"model.{path}.bias");

        // Pruning takes groups away with their channels.
        int left = groups == 1 ? 1 : Math.Max(1, inputs / weight.Shape[1]);
        return new Part(TorchModules.Convolution(weight, shift, stride, padding, left), weight.Shape[0]);
    }

    public TorchModule Norm(string path, int channels)
    {
        var shape = new Shape(channels);
        return TorchModules.Norm(
            weights.Take($"model.{path}.weight", shape, 1),
            weights.Take($"model.{path}.bias", shape),
            weights.Take($"model.{path}.running_mean", shape),
            weights.Take($"model.{path}.running_var", shape, 1),
            weights.Find($"model.{path}.num_batches_tracked") ?? Tensor.FromIntegers(default, [0]));
    }

    public Part Focus(string path, int inputs, int outputs, int kernel, int stride)
    {
        Part conv = Conv($"{path}.conv", 4 * inputs, outputs, kernel, stride);
        return new Part(TorchModules.Of(Common("Focus"), [], ("conv", conv.Module)), conv.Width);
    }

    public Part Bottleneck(string path, int inputs, int outputs, bool adds, int groups = 1, double inner = HalfWidth)
    {
        Part first = Conv($"{path}.cv1", inputs, (int)(outputs * inner));
        Part second = Conv($"{path}.cv2", first.Width, outputs, 3, groups: groups);
        return new Part(TorchModules.Of(Common("Bottleneck"), [("add", adds && inputs == second.Width)], ("cv1", first.Module), ("cv2", second.Module)), second.Width);
    }

    public Part CrossConv(string path, int inputs, int outputs, int kernel, int stride, bool adds)
    {
        Part first = Conv($"{path}.cv1", inputs, outputs, (1, kernel), (1, stride), (0, kernel / 2), 1, acts: true);
        Part second = Conv($"{path}.cv2", first.Width, outputs, (kernel, 1), (stride, 1), (kernel / 2, 0), 1, acts: true);
        return new Part(TorchModules.Of(Common("CrossConv"), [("add", adds && inputs == second.Width)], ("cv1", first.Module), ("cv2", second.Module)), second.Width);
    }

    /// <summary>C3 and its kin, which differ in what stands inside.</summary>
    public Part C3(string path, string kind, int inputs, int outputs, Func<string, int, Part> inside)
    {
        int half = (int)(outputs * HalfWidth);
        Part first = Conv($"{path}.cv1", inputs, half);
        Part second = Conv($"{path}.cv2", inputs, half);
        Part inner = inside($"{path}.m", first.Width);
        Part third = Conv($"{path}.cv3", inner.Width + second.Width, outputs);
        return new Part(TorchModules.Of(Common(kind), [], ("cv1", first.Module), ("cv2", second.Module), ("cv3", third.Module), ("m", inner.Module)), third.Width);
    }

    /// <summary>The same module several times, one behind the other.</summary>
    public static Part Repeat(string path, int inputs, int count, Func<string, int, Part> make)
    {
        var modules = new List<TorchModule>();
        int width = inputs;
        for (int i = 0; i < count; i++)
        {
            Part part = make(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}.{i}"), width);
            modules.Add(part.Module);
            width = part.Width;
        }

        return new Part(TorchModules.Sequential(modules), width);
    }

    public Part BottleneckCsp(string path, int inputs, int outputs, int count, bool adds, int groups)
    {
        int half = (int)(outputs * HalfWidth);
        Part first = Conv($"{path}.cv1", inputs, half);
        Part outer = Convolution($"{path}.cv2", inputs, half, (1, 1), (1, 1), (0, 0), 1, bias: false);
        Part inner = Repeat($"{path}.m", first.Width, count, (at, width) => Bottleneck(at, width, half, adds, groups, 1));
        Part third = Convolution($"{path}.cv3", inner.Width, half, (1, 1), (1, 1), (0, 0), 1, bias: false);
        Part last = Conv($"{path}.cv4", third.Width + outer.Width, outputs);
        return new Part(
            TorchModules.Of(
                Common("BottleneckCSP"),
                [],
                ("cv1", first.Module), ("cv2", outer.Module), ("cv3", third.Module), ("cv4", last.Module), ("bn", Norm($"{path}.bn", third.Width + outer.Width)), ("act", _act), ("m", inner.Module)),
            last.Width);
    }

    public Part Spp(string path, int inputs, int outputs, IReadOnlyList<int> kernels)
    {
        Part first = Conv($"{path}.cv1", inputs, inputs / 2);
        Part second = Conv($"{path}.cv2", first.Width * (kernels.Count + 1), outputs);
        return new Part(
            TorchModules.Of(Common("SPP"), [], ("cv1", first.Module), ("cv2", second.Module), ("m", TorchModules.ModuleList(kernels.Select(static kernel => TorchModules.MaxPool(kernel, 1, kernel / 2))))),
            second.Width);
    }

    public Part Sppf(string path, int inputs, int outputs, int kernel)
    {
        Part first = Conv($"{path}.cv1", inputs, inputs / 2);
        Part second = Conv($"{path}.cv2", first.Width * 4, outputs);
        return new Part(TorchModules.Of(Common("SPPF"), [], ("cv1", first.Module), ("cv2", second.Module), ("m", TorchModules.MaxPool(kernel, 1, kernel / 2))), second.Width);
    }

    public Part Ghost(string path, int inputs, int outputs, int kernel = 1, int stride = 1, int groups = 1, bool acts = true)
    {
        Part first = Conv($"{path}.cv1", inputs, outputs / 2, kernel, stride, groups: groups, acts: acts);
        Part second = Conv($"{path}.cv2", first.Width, outputs / 2, 5, groups: Math.Max(2, outputs / 2), acts: acts);
        return new Part(TorchModules.Of(Common("GhostConv"), [], ("cv1", first.Module), ("cv2", second.Module)), first.Width + second.Width);
    }

    public Part GhostBottleneck(string path, int inputs, int outputs, int kernel = 3, int stride = 1)
    {
        Part first = Ghost($"{path}.conv.0", inputs, outputs / 2);
        Part? step = stride == 1 ? null : Conv($"{path}.conv.1", first.Width, first.Width, kernel, stride, groups: first.Width, acts: false, kind: "DWConv");
        Part last = Ghost($"{path}.conv.2", step?.Width ?? first.Width, outputs, acts: false);
        TorchModule shortcut = TorchModules.Identity();
        if (stride != 1)
        {
            Part moved = Conv($"{path}.shortcut.0", inputs, inputs, kernel, stride, groups: inputs, acts: false, kind: "DWConv");
            shortcut = TorchModules.Sequential([moved.Module, Conv($"{path}.shortcut.1", moved.Width, outputs, acts: false).Module]);
        }

        return new Part(
            TorchModules.Of(Common("GhostBottleneck"), [], ("conv", TorchModules.Sequential([first.Module, step?.Module ?? TorchModules.Identity(), last.Module])), ("shortcut", shortcut)),
            last.Width);
    }

    private static TorchModule ActivationModule(Activation function)
    {
        (PickleGlobal type, (string Name, object? Value)[] attributes) = Activations.ClassOf(function)!.Value;
        return TorchModules.Of(type, attributes);
    }
}
