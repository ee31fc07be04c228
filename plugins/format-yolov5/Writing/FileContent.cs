namespace PluginPrune.FormatYolov5.Writing;

/// <summary>In which form a model lies in its file.</summary>
public enum FileContent
{
    /// <summary>Whole modules, as YOLOv5 saves its checkpoints and loads them.</summary>
    Checkpoint,

    /// <summary>Tensors by name, as state_dict() gives them, with the model's description in a .yaml beside.</summary>
    StateDict,

    /// <summary>Tensors by name in the form of safetensors, with the .yaml beside.</summary>
    Safetensors,
}
