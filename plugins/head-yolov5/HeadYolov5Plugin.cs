using PluginPrune.Contracts.Plugins;

namespace PluginPrune.HeadYolov5;

/// <summary>Knows the detection layers of YOLOv5.</summary>
[Plugin("pluginprune.head-yolov5", Description = "Knows what the channels of YOLOv5's detection layers mean, and how they are trained", License = "Apache-2.0")]
public sealed class HeadYolov5Plugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddHead<Yolov5Options>(
        "yolov5", "Boxes on anchors as YOLOv5 has them: x, y, width, height, objectness and classes for each", static options => new Yolov5Head(options));
}
