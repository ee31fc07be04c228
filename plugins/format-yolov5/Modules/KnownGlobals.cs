using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Modules;

/// <summary>
/// What checkpoints of YOLOv5 name. They are names here and nothing is looked up by them, so others would do no harm either; but whoever
/// gets such a file, or what is written of it, should know that Python would run more than a network.
/// </summary>
internal static class KnownGlobals
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "collections.OrderedDict", "collections.defaultdict",
        "builtins.set", "builtins.frozenset", "builtins.dict", "builtins.list", "builtins.int", "builtins.float",
        "__builtin__.set", "__builtin__.frozenset", "__builtin__.dict", "__builtin__.list", "__builtin__.int", "__builtin__.float", "__builtin__.long",
        "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter", "torch.Size", "torch.device",
        "argparse.Namespace", "pathlib.PosixPath", "pathlib.WindowsPath", "pathlib.Path", "datetime.datetime",
        "numpy.dtype", "numpy.ndarray", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
        "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct", "_codecs.encode",

        // A fused module calls its forward_fuse; what is written has no such attribute.
        "builtins.getattr", "__builtin__.getattr",
    };

    // Classes of networks; the modules of torch.nn that the graph does not know are refused by name where they stand.
    private static readonly string[] Modules = ["models", "models.common", "models.yolo", "models.experimental", "utils.activations"];

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "float16", "float32", "float64", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool",
    };

    /// <exception cref="TorchFileException">The file names something else.</exception>
    public static void Check(IEnumerable<PickleGlobal> globals)
    {
        foreach (PickleGlobal global in globals)
        {
            if (global.Module.StartsWith("ultralytics", StringComparison.Ordinal))
            {
                throw new TorchFileException($"it is a network of the package 'ultralytics' ({global}): YOLOv8 or later, which is not read. Export it as ONNX.");
            }

            if (!IsKnown(global))
            {
                throw new TorchFileException(
                    $"to load it, Python would have to import '{global}', which a checkpoint of YOLOv5 does not need; nothing of it was run. Load it where you trust it, and save model.state_dict() in its place.");
            }
        }
    }

    private static bool IsKnown(PickleGlobal global) =>
        Names.Contains(global.ToString())
        || Array.Exists(Modules, module => global.Module == module)
        || global.Module.StartsWith("torch.nn.modules.", StringComparison.Ordinal)
        || (global.Module == "torch" && (StoredType.Find(global.Name) is not null || Types.Contains(global.Name)));
}
