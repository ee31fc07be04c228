using System.Globalization;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Graph;

/// <summary>Functions of one variable as torch and YOLOv5's own classes have them.</summary>
internal static class Activations
{
    /// <summary>The function of a module; null of another module.</summary>
    /// <exception cref="Shared.TorchFiles.TorchFileException">It is a form of a function that operations do not have.</exception>
    public static Activation? Find(ModuleAt module) => module.Kind switch
    {
        "SiLU" or "Swish" or "MemoryEfficientSwish" => Of(ActivationKind.Silu),
        "Hardswish" => Of(ActivationKind.HardSwish),
        "LeakyReLU" => new Activation(ActivationKind.LeakyRelu) { Slope = module.Number("negative_slope", 0.01) },
        "ReLU" => Of(ActivationKind.Relu),
        "ReLU6" => Of(ActivationKind.Relu6),
        "Mish" or "MemoryEfficientMish" => Of(ActivationKind.Mish),
        "Sigmoid" => Of(ActivationKind.Sigmoid),
        "Hardsigmoid" => Of(ActivationKind.HardSigmoid),
        "Tanh" => Of(ActivationKind.Tanh),
        "SELU" => Of(ActivationKind.Selu),
        "ELU" => module.Number("alpha", 1) == 1 ? Of(ActivationKind.Elu) : throw module.Fault($"has alpha = {module.Number("alpha", 1)}; 1 is what can be computed"),
        "GELU" => module.Module.Attribute("approximate") is "tanh" ? Of(ActivationKind.Gelu) : throw module.Fault("is exact; the approximation by tanh is what can be computed"),
        "Hardtanh" => module.Number("min_val", -1) == -1 && module.Number("max_val", 1) == 1
            ? Of(ActivationKind.HardTanh)
            : throw module.Fault("has other bounds than -1 and 1, which are what can be computed"),
        _ => null,
    };

    /// <summary>The class in torch that computes a function, with the attributes that make it; null where torch has none.</summary>
    public static (PickleGlobal Type, (string Name, object? Value)[] Attributes)? ClassOf(Activation activation) => activation.Kind switch
    {
        ActivationKind.Silu => (Torch("SiLU"), [("inplace", true)]),
        ActivationKind.HardSwish => (Torch("Hardswish"), [("inplace", true)]),
        ActivationKind.LeakyRelu => (Torch("LeakyReLU"), [("negative_slope", activation.Slope), ("inplace", true)]),
        ActivationKind.Relu => (Torch("ReLU"), [("inplace", true)]),
        ActivationKind.Relu6 => (Torch("ReLU6"), [("inplace", true), ("min_val", 0.0), ("max_val", 6.0)]),
        ActivationKind.Mish => (Torch("Mish"), [("inplace", true)]),
        ActivationKind.Sigmoid => (Torch("Sigmoid"), []),
        ActivationKind.HardSigmoid => (Torch("Hardsigmoid"), [("inplace", true)]),
        ActivationKind.Tanh => (Torch("Tanh"), []),
        ActivationKind.Selu => (Torch("SELU"), [("inplace", true)]),
        ActivationKind.Elu => (Torch("ELU"), [("alpha", 1.0), ("inplace", true)]),
        ActivationKind.Linear => (new PickleGlobal("torch.nn.modules.linear", "Identity"), []),
        _ => null,
    };

    /// <summary>As a description names a function, for instance 'nn.LeakyReLU(0.1)'; null where descriptions are not read with it.</summary>
    public static string? TextOf(Activation activation) => activation.Kind switch
    {
        ActivationKind.Silu => "nn.SiLU()",
        ActivationKind.Relu => "nn.ReLU()",
        ActivationKind.Relu6 => "nn.ReLU6()",
        ActivationKind.HardSwish => "nn.Hardswish()",
        ActivationKind.Mish => "nn.Mish()",
        ActivationKind.LeakyRelu => string.Create(CultureInfo.InvariantCulture, $"nn.LeakyReLU({activation.Slope})"),
        _ => null,
    };

    private static PickleGlobal Torch(string name) => new("torch.nn.modules.activation", name);

    private static Activation Of(ActivationKind kind) => new(kind);
}
