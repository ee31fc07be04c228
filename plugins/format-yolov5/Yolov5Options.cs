using PluginPrune.Contracts.Options;
using PluginPrune.FormatYolov5.Writing;

namespace PluginPrune.FormatYolov5;

/// <summary>How models are written.</summary>
public sealed class Yolov5Options
{
    /// <summary>In which form a model is written.</summary>
    /// <value>The default is the one that it was read in.</value>
    [Option("Form of the written file: whole modules as YOLOv5 loads them, or tensors by name with a .yaml beside [default: as it was read]")]
    public FileContent? Content { get; init; }
}
