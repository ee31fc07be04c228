using PluginPrune.Contracts.Plugins;

namespace PluginPrune.HeadYolo;

/// <summary>Knows the heads of YOLO networks from YOLOv2 on.</summary>
[Plugin("pluginprune.head-yolo", Description = "Knows what the channels of YOLO heads mean", License = "Apache-2.0")]
public sealed class HeadYoloPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        registry.AddHead<YoloOptions>(
            "yolo", "Boxes on anchors: x, y, width, height, objectness and classes for each", static options => new YoloHead(options));
        registry.AddHead<NoOptions>(
            "gaussian-yolo", "Boxes on anchors as yolo's, each coordinate with its uncertainty", static _ => new GaussianYoloHead());
        registry.AddHead<NoOptions>(
            "region", "Boxes on anchors in cells, as YOLOv2 and YOLO9000 have them", static _ => new RegionHead());
    }
}
