using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.EvaluatorDetection.Variants;

namespace PluginPrune.EvaluatorDetection;

/// <summary>Options of <see cref="DetectionEvaluator"/>. Where one is null the variant's published setting holds.</summary>
internal sealed class DetectionOptions
{
    /// <summary>Whose definition of mean average precision.</summary>
    /// <value>The default is <see cref="MetricVariant.Coco"/>.</value>
    [Option("Whose definition of mean average precision; each brings its published settings")]
    public MetricVariant Variant { get; init; } = MetricVariant.Coco;

    /// <summary>The score that detections must be above.</summary>
    [Option("Score that detections must be above (coco, yolov3-scripts and yolov5: 0.001; voc: 0.005)", Minimum = 0, Maximum = 1)]
    public double? Conf { get; init; }

    /// <summary>The overlap that suppression tolerates.</summary>
    [Option("IoU above which a box is suppressed (coco: 0.65, voc: 0.45, yolov3-scripts: 0.5, yolov5: 0.6)", Minimum = 0, Maximum = 1)]
    public double? Iou { get; init; }

    /// <summary>The overlap at which a detection counts where one is looked at alone.</summary>
    /// <value>The default is 0.5.</value>
    [Option("IoU with an object at which a detection counts, in mAP@0.5, precision, recall and F1", Minimum = 0.01, Maximum = 1)]
    public double MatchIou { get; init; } = 0.5;

    /// <summary>How boxes are suppressed.</summary>
    [Option("How overlapping boxes become one (yolov3-scripts: merge, others: per-class)")]
    public Suppression? Suppression { get; init; }

    /// <summary>Whether a box may stand for several classes.</summary>
    [Option("Whether a box may stand for several classes (yolov3-scripts: false, others: true)")]
    public bool? MultiLabel { get; init; }

    /// <summary>The most detections of a picture.</summary>
    [Option("Most detections of a picture, 0 for no limit (coco and yolov5: 300)", Minimum = 0)]
    public int? MaxDetections { get; init; }

    /// <summary>Whether boxes are cut at the pictures' edges.</summary>
    /// <value>The default is true.</value>
    [Option("Whether boxes are cut at the pictures' edges, as most do; OpenCV does not")]
    public bool Clip { get; init; } = true;

    /// <summary>How pictures are fitted.</summary>
    [Option("How pictures are fitted (yolov3-scripts and yolov5: letterbox, others: as the network asks)")]
    public ResizeMode? Resize { get; init; }

    /// <summary>How pixels are computed where pictures are resized.</summary>
    [Option("How pixels are computed where pictures are resized (yolov3-scripts and yolov5: area, others: as the network asks)")]
    public Interpolation? Interpolation { get; init; }

    /// <summary>How many pictures of like proportions share an input of theirs.</summary>
    /// <value>The default is 0.</value>
    [Option("How many pictures of like proportions share an input no larger than they need, as YOLOv5 validates (--batch there); 0 for the network's own input", Minimum = 0, Maximum = 4096)]
    public int RectBatch { get; init; }

    /// <summary>How many pictures the engine takes at once.</summary>
    /// <value>The default is 1.</value>
    [Option("How many pictures the engine takes at once", Minimum = 1, Maximum = 4096)]
    public int Batch { get; init; } = 1;
}
