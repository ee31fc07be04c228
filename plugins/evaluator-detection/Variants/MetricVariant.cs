using PluginPrune.Contracts.Options;

namespace PluginPrune.EvaluatorDetection.Variants;

/// <summary>Whose definition of mean average precision.</summary>
internal enum MetricVariant
{
    /// <summary>COCO's: 101 recall points, ten thresholds, at most 100 detections of a class and picture, crowds and ranges of areas.</summary>
    Coco,

    /// <summary>VOC's from 2010 on: the area below the curve.</summary>
    Voc,

    /// <summary>VOC's of 2007: 11 recall points.</summary>
    [ChoiceName("voc-11")]
    Voc11,

    /// <summary>That of the published YOLOv3 pruning scripts.</summary>
    Yolov3Scripts,

    /// <summary>YOLOv5's of release 5.0.</summary>
    [ChoiceName("yolov5-5.0")]
    Yolov5At50,

    /// <summary>YOLOv5's of releases 6.0 and 6.1.</summary>
    [ChoiceName("yolov5-6.0")]
    Yolov5At60,

    /// <summary>YOLOv5's from release 6.2 on.</summary>
    [ChoiceName("yolov5-6.2")]
    Yolov5,

    /// <summary>YOLOv5's of release 7.0: as of 6.2, under the name that its users look for.</summary>
    [ChoiceName("yolov5-7.0")]
    Yolov5At70,
}
