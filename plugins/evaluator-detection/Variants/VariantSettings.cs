using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EvaluatorDetection.Variants;

/// <summary>How objects are found on pictures where the user does not say: as those do who publish figures of a variant.</summary>
internal static class VariantSettings
{
    /// <summary>The settings of a variant.</summary>
    /// <param name="options">What the user says comes first.</param>
    public static DetectionSettings Of(DetectionOptions options)
    {
        DetectionSettings published = Published(options.Variant);
        return published with
        {
            Confidence = options.Conf ?? published.Confidence,
            Iou = options.Iou ?? published.Iou,
            Suppression = options.Suppression ?? published.Suppression,
            IsMultiLabel = options.MultiLabel ?? published.IsMultiLabel,
            MaximumDetections = options.MaxDetections ?? published.MaximumDetections,
            Clips = options.Clip,
            Resize = options.Resize ?? published.Resize,
            Interpolation = options.Interpolation ?? published.Interpolation,
            RectangularBatch = options.RectBatch,
            BatchSize = options.Batch,
        };
    }

    private static DetectionSettings Published(MetricVariant variant) => variant switch
    {
        // Darknet's own validation.
        MetricVariant.Voc or MetricVariant.Voc11 => new DetectionSettings
        {
            Confidence = 0.005,
            Iou = 0.45,
            IsMultiLabel = true,
            MaximumDetections = 0,
        },
        MetricVariant.Yolov3Scripts => new DetectionSettings
        {
            Confidence = 0.001,
            Iou = 0.5,
            Suppression = Suppression.Merge,
            MaximumDetections = 0,
            MaximumPerClass = 100,
            MinimumSide = 2,
            IgnoresOnlyClass = true,
            Resize = ResizeMode.Letterbox,
            Interpolation = Interpolation.Area,
        },
        MetricVariant.Yolov5At50 or MetricVariant.Yolov5At60 or MetricVariant.Yolov5 or MetricVariant.Yolov5At70 => new DetectionSettings
        {
            Confidence = 0.001,
            Iou = 0.6,
            IsMultiLabel = true,
            Resize = ResizeMode.Letterbox,
            Interpolation = Interpolation.Area,
        },

        // As YOLOv5's published COCO figures; COCO itself judges detections only.
        _ => new DetectionSettings { Confidence = 0.001, Iou = 0.65, IsMultiLabel = true },
    };
}
