using PluginPrune.Contracts.Plugins;

namespace PluginPrune.FormatYolov5;

/// <summary>Reads and writes YOLOv5's networks as Ultralytics' releases do.</summary>
[Plugin("pluginprune.format-yolov5", Description = "Reads and writes checkpoints of YOLOv5, releases 3.1 to 7.0, without Python", License = "Apache-2.0")]
public sealed class Yolov5Plugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddFormat<Yolov5Options>(
            "yolov5",
            "YOLOv5, releases 3.1 to 7.0: checkpoints (read as data: no code of theirs runs), state dictionaries and safetensors with the model's .yaml",
            [".pt", ".pth", ".safetensors", ".yaml"],
            static options => new Yolov5Format(options));
}
