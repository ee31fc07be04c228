using PluginPrune.Contracts.Plugins;

namespace PluginPrune.EvaluatorDetection;

/// <summary>Registers the evaluator 'detection'.</summary>
[Plugin("pluginprune.evaluator-detection", Description = "Mean average precision as COCO, VOC, the YOLOv3 pruning scripts and YOLOv5 define it", License = "Apache-2.0")]
public sealed class DetectionEvaluatorPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddEvaluator<DetectionOptions>(
            "detection",
            "Mean average precision, precision, recall and F1 on labelled pictures, in all and by class",
            static options => new DetectionEvaluator(options));
    }
}
