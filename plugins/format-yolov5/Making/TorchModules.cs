using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Making;

/// <summary>Modules with the attributes that torch's own have, so that torch takes them as such.</summary>
internal static class TorchModules
{
    /// <summary>A module of any class.</summary>
    public static TorchModule Of(PickleGlobal type, IEnumerable<(string Name, object? Value)> attributes, params IEnumerable<(string Name, TorchModule Module)> children) => new(type)
    {
        Attributes =
        [
            new("training", false),
            new("_non_persistent_buffers_set", new PickleObject(new PickleGlobal("__builtin__", "set"), new PickleTuple([new List<object?>()]))),
            .. Hooks.Select(static hook => KeyValuePair.Create(hook, (object?)new PickleObject(new PickleGlobal("collections", "OrderedDict"), new PickleTuple([])))),
            new("_is_full_backward_hook", null),
            .. attributes.Select(static attribute => KeyValuePair.Create(attribute.Name, attribute.Value)),
        ],
        Children = [.. children.Select(static child => KeyValuePair.Create(child.Name, (TorchModule?)child.Module))],
    };

    public static TorchModule Sequential(IEnumerable<TorchModule> modules) => List("Sequential", modules);

    public static TorchModule ModuleList(IEnumerable<TorchModule> modules) => List("ModuleList", modules);

    public static TorchModule Identity() => Of(new PickleGlobal("torch.nn.modules.linear", "Identity"), []);

    public static TorchModule MaxPool(int kernel, int stride, int padding) => Of(
        new PickleGlobal("torch.nn.modules.pooling", "MaxPool2d"),
        [("kernel_size", (long)kernel), ("stride", (long)stride), ("padding", (long)padding), ("dilation", 1L), ("return_indices", false), ("ceil_mode", false)]);

    public static TorchModule Upsample(double factor) => Of(
        new PickleGlobal("torch.nn.modules.upsampling", "Upsample"),
        [("name", "Upsample"), ("size", null), ("scale_factor", factor), ("mode", "nearest"), ("align_corners", null), ("recompute_scale_factor", null)]);

    public static TorchModule Convolution(Tensor weight, Tensor? bias, (int Rows, int Columns) stride, (int Rows, int Columns) padding, int groups) => Of(
        new PickleGlobal("torch.nn.modules.conv", "Conv2d"),
        [
            ("in_channels", (long)weight.Shape[1] * groups), ("out_channels", (long)weight.Shape[0]), ("kernel_size", Pair(weight.Shape[2], weight.Shape[3])),
            ("stride", Pair(stride.Rows, stride.Columns)), ("padding", Pair(padding.Rows, padding.Columns)), ("dilation", Pair(1, 1)), ("transposed", false),
            ("output_padding", Pair(0, 0)), ("groups", (long)groups), ("padding_mode", "zeros"),
            ("_reversed_padding_repeated_twice", new PickleTuple([(long)padding.Columns, (long)padding.Columns, (long)padding.Rows, (long)padding.Rows])),
        ]).Copy(parameters: [new("weight", weight), new("bias", bias)]);

    public static TorchModule Norm(Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor batches) => Of(
        new PickleGlobal("torch.nn.modules.batchnorm", "BatchNorm2d"),
        [("num_features", (long)gamma.Count), ("eps", 1e-3), ("momentum", 0.03), ("affine", true), ("track_running_stats", true)])
        .Copy(parameters: [new("weight", gamma), new("bias", beta)], buffers: [new("running_mean", mean), new("running_var", variance), new("num_batches_tracked", batches)]);

    private static readonly ImmutableArray<string> Hooks = ["_backward_hooks", "_forward_hooks", "_forward_pre_hooks", "_state_dict_hooks", "_load_state_dict_pre_hooks"];

    private static PickleTuple Pair(int rows, int columns) => new([(long)rows, (long)columns]);

    private static TorchModule List(string name, IEnumerable<TorchModule> modules) => Of(
        new PickleGlobal("torch.nn.modules.container", name),
        [],
        modules.Select(static (module, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), module)));
}
