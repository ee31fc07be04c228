using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5;
using PluginPrune.Plugins.Tests.Resnet;
using PluginPrune.Shared.TorchFiles.Pickles;
using PluginPrune.Shared.TorchFiles.Writing;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Yolov5;

/// <summary>Small checkpoints of YOLOv5's modules with random numbers, in a folder of their own.</summary>
internal sealed class Yolov5Sketch(ElementType type = ElementType.F32) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-yolov5-").FullName;
    private readonly Random _random = new(5);

    public static IModelFormat Format { get; } = PluginFactory.Create<Yolov5Plugin, IModelFormat>("yolov5");

    public string PathOf(string name = "net.pt") => Path.Combine(_folder, name);

    public Tensor Numbers(params int[] extents)
    {
        var shape = new Shape(extents);
        float[] numbers = [.. Enumerable.Range(0, shape.Count).Select(_ => (float)(_random.NextDouble() - 0.5))];
        return type == ElementType.F16 ? Tensor.FromHalfs(shape, [.. numbers.Select(static number => (Half)number)]) : Tensor.FromFloats(shape, numbers);
    }

    public static TorchObject Function(string name = "SiLU") => new TorchObject("torch.nn.modules.activation", name).With("inplace", value: true);

    public TorchObject Conv2d(int inputs, int outputs, (int, int) kernel, (int, int) stride, int groups = 1, bool bias = false) => new TorchObject("torch.nn.modules.conv", "Conv2d")
        .Parameter("weight", Numbers(outputs, inputs / groups, kernel.Item1, kernel.Item2))
        .Parameter("bias", bias ? Numbers(outputs) : null)
        .With("in_channels", inputs).With("out_channels", outputs).With("kernel_size", kernel).With("stride", stride)
        .With("padding", ((kernel.Item1 - 1) / 2, (kernel.Item2 - 1) / 2)).With("dilation", (1, 1)).With("groups", groups).With("padding_mode", "zeros");

    public TorchObject Norm(int channels)
    {
        Tensor variance = Numbers(channels);
        return new TorchObject("torch.nn.modules.batchnorm", "BatchNorm2d")
            .Parameter("weight", Numbers(channels)).Parameter("bias", Numbers(channels))
            .Buffer("running_mean", Numbers(channels)).Buffer("running_var", variance.WithFloats([.. variance.Floats.ToArray().Select(static number => number + 1)]))
            .Buffer("num_batches_tracked", Tensor.FromIntegers(default, [17]))
            .With("num_features", channels).With("eps", 1e-3).With("momentum", 0.03);
    }

    public TorchObject Conv(int inputs, int outputs, int kernel = 1, int stride = 1, int groups = 1, string act = "SiLU") => Conv(inputs, outputs, (kernel, kernel), (stride, stride), groups, act);

    public TorchObject Conv(int inputs, int outputs, (int, int) kernel, (int, int) stride, int groups = 1, string act = "SiLU") => new TorchObject("models.common", groups > 1 ? "DWConv" : "Conv")
        .Add("conv", Conv2d(inputs, outputs, kernel, stride, groups)).Add("bn", Norm(outputs))
        .Add("act", act == "Identity" ? new TorchObject("torch.nn.modules.linear", "Identity") : Function(act));

    public TorchObject Bottleneck(int channels, bool add) =>
        new TorchObject("models.common", "Bottleneck").Add("cv1", Conv(channels, channels)).Add("cv2", Conv(channels, channels, 3)).With("add", add);

    public static TorchObject Sequence(params TorchObject[] parts) => new TorchObject("torch.nn.modules.container", "Sequential").Add(parts);

    public TorchObject C3(int inputs, int outputs, int blocks, bool add = true, string kind = "C3", Func<int, TorchObject>? block = null)
    {
        int inner = outputs / 2;
        return new TorchObject("models.common", kind).Add("cv1", Conv(inputs, inner)).Add("cv2", Conv(inputs, inner)).Add("cv3", Conv(2 * inner, outputs))
            .Add("m", Sequence([.. Enumerable.Range(0, blocks).Select(_ => block?.Invoke(inner) ?? Bottleneck(inner, add))]));
    }

    public static TorchObject Pool(int kernel) =>
        new TorchObject("torch.nn.modules.pooling", "MaxPool2d").With("kernel_size", kernel).With("stride", 1).With("padding", kernel / 2).With("dilation", 1).With("ceil_mode", value: false);

    public TorchObject Sppf(int inputs, int outputs) =>
        new TorchObject("models.common", "SPPF").Add("cv1", Conv(inputs, inputs / 2)).Add("cv2", Conv(inputs * 2, outputs)).Add("m", Pool(5));

    public static TorchObject Upsample() => new TorchObject("torch.nn.modules.upsampling", "Upsample").With("size", null).With("scale_factor", 2.0).With("mode", "nearest");

    public static TorchObject Concat() => new TorchObject("models.common", "Concat").With("d", 1);

    /// <summary>Anchors are in cells.</summary>
    public TorchObject Detect(int classes, int anchors, params int[] widths) => new TorchObject("models.yolo", "Detect")
        .Buffer("anchors", Numbers(widths.Length, anchors, 2) is var random ? random.WithFloats([.. random.Floats.ToArray().Select(static number => 1 + MathF.Abs(number))]) : random)
        .Add("m", new TorchObject("torch.nn.modules.container", "ModuleList").Add([.. widths.Select(width => Conv2d(width, anchors * (classes + 5), (1, 1), (1, 1), bias: true))]))
        .With("nc", classes);

    /// <summary>A network with all that a C3 network has: strides of 8 and 16.</summary>
    public TorchObject Small(bool listsNames = true) => Model(
        Conv(3, 4, 6, 2).At(0, -1),
        Conv(4, 8, 3, 2).At(1, -1),
        C3(8, 8, 2).At(2, -1),
        Conv(8, 12, 3, 2).At(3, -1),
        Conv(12, 16, 3, 2).At(4, -1),
        Sppf(16, 16).At(5, -1),
        Upsample().At(6, -1),
        Concat().At(7, -1, 3),
        C3(28, 12, 1, add: false).At(8, -1),
        Detect(2, 3, 12, 16).At(9, 8, 5)).With("names", listsNames ? (string[])["cat", "dog"] : null);

    public static TorchObject Model(params TorchObject[] layers) => new TorchObject("models.yolo", "Model").Add("model", Sequence(layers));

    /// <summary>A checkpoint as Ultralytics saves it.</summary>
    public static (byte[] Pickle, List<Tensor> Storages) Pickle(TorchObject model, string key = "model", Action<PickleWriter, string, string>? asClass = null)
    {
        var pickle = new PickleWriter();
        var storages = new List<Tensor>();
        pickle.Write(PickleCode.EmptyDict);
        pickle.Write(PickleCode.Mark);
        pickle.Text("epoch");
        pickle.Number(-1);
        pickle.Text(key);
        model.Write(pickle, storages, asClass);
        pickle.Text("optimizer");
        pickle.Write(PickleCode.None);
        pickle.Write(PickleCode.SetItems);
        return (pickle.Finish(), storages);
    }

    public string Save(TorchObject model, string name = "net.pt")
    {
        (byte[] pickle, List<Tensor> storages) = Pickle(model);
        using FileStream stream = File.Create(PathOf(name));
        TorchArchive.Write(stream, pickle, storages, CancellationToken.None);
        return PathOf(name);
    }

    /// <summary>As torch before 1.6 did: classes with their source.</summary>
    public string SaveLegacy(TorchObject model)
    {
        (byte[] pickle, List<Tensor> storages) = Pickle(model, asClass: static (pickle, module, name) =>
        {
            pickle.Write(PickleCode.Mark);
            pickle.Text("module");
            pickle.Global(module, name);
            pickle.Text("/models/common.py");
            pickle.Text("class Conv: pass");
            pickle.Write(PickleCode.Tuple);
            pickle.Write(PickleCode.BinPersId);
        });
        File.WriteAllBytes(PathOf(), [
            .. PickleText.Legacy(pickle)[..^PickleText.Of("](e").Length],
            .. PickleText.Of("](", storages.SelectMany(static (_, i) => PickleText.Text($"{i}")).ToArray(), "e"),
            .. storages.SelectMany(static tensor => BitConverter.GetBytes((long)tensor.Count).Concat(tensor.Bytes.ToArray())),
        ]);
        return PathOf();
    }

    public static Network ReadFile(string path, Action<string>? warn = null) => Format.Read(new ModelSource(path, null, warn ?? (static _ => { })), CancellationToken.None);

    public Network Read(TorchObject model) => ReadFile(Save(model));

    public string Refusal(string name = "net.pt")
    {
        InputException fault = Assert.Throws<InputException>(() => ReadFile(PathOf(name)));
        fault.File.Should().Be(PathOf(name));
        fault.Message.Should().NotContain("Exception");
        return fault.Message;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
