using PluginPrune.EvaluatorDetection.Integrals;
using PluginPrune.EvaluatorDetection.Matching;
using PluginPrune.EvaluatorDetection.Operation;

namespace PluginPrune.EvaluatorDetection.Variants;

/// <summary>How a variant counts.</summary>
internal sealed record VariantRules
{
    private const int CocoMaximum = 100;

    /// <summary>The overlaps that mAP@0.5:0.95 is the mean over, with the rounding of COCO's API.</summary>
    private static readonly double[] CocoThresholds = [.. Enumerable.Range(0, 10).Select(static i => 0.5 + (i * ((0.95 - 0.5) / 9)))];

    private VariantRules(double iou, Func<double[], Matcher> createMatcher)
    {
        Iou = iou;
        Thresholds = CocoThresholds.Contains(iou) ? CocoThresholds : [.. CocoThresholds, iou];
        CreateMatcher = () => createMatcher(Thresholds);
    }

    /// <summary>The overlap at which a detection counts where one is looked at alone.</summary>
    public double Iou { get; }

    /// <summary>All overlaps: ten, and <see cref="Iou"/> where it is none of them.</summary>
    public double[] Thresholds { get; }

    /// <summary>The place of <see cref="Iou"/> among them.</summary>
    public int IouIndex => Array.IndexOf(Thresholds, Iou);

    /// <summary>How many of them mAP@0.5:0.95 is the mean over: the first ones.</summary>
    public static int MeanThresholds => CocoThresholds.Length;

    /// <summary>The ranges of areas, all sizes first.</summary>
    public AreaRange[] Areas { get; private init; } = AreaRange.All;

    /// <summary>The most detections of a class and picture that count.</summary>
    public int MaximumPerClass { get; private init; } = int.MaxValue;

    /// <summary>Whether crowds and difficult objects are there to be found without counting; else they are left out of the truth.</summary>
    public bool KeepsIgnored { get; private init; } = true;

    /// <summary>Whether COCO's figures by size and number of detections are wanted too.</summary>
    public bool IsCoco => Areas.Length > 1;

    /// <summary>Makes a matcher for a thread.</summary>
    public Func<Matcher> CreateMatcher { get; }

    /// <summary>Makes a number of a curve.</summary>
    public required IAveragePrecision AveragePrecision { get; init; }

    /// <summary>Chooses the confidence that precision and recall are told for.</summary>
    public IOperatingPoint OperatingPoint { get; private init; } = new BestF1Point(smooths: true);

    /// <summary>The rules of a variant.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="iou">The overlap at which a detection counts where one is looked at alone.</param>
    public static VariantRules Of(MetricVariant variant, double iou) => variant switch
    {
        MetricVariant.Coco => new VariantRules(iou, static thresholds => new CocoMatcher(thresholds))
        {
            Areas = AreaRange.Coco,
            MaximumPerClass = CocoMaximum,
            AveragePrecision = new SampledCurve(SampledCurve.CocoRecalls),
        },
        MetricVariant.Voc => new VariantRules(iou, static thresholds => new BestTruthMatcher(thresholds, isStrict: false))
        {
            AveragePrecision = new AreaBelowCurve(),
        },
        MetricVariant.Voc11 => new VariantRules(iou, static thresholds => new BestTruthMatcher(thresholds, isStrict: false))
        {
            AveragePrecision = new SampledCurve(SampledCurve.Voc2007Recalls),
        },
        MetricVariant.Yolov3Scripts => new VariantRules(iou, static thresholds => new BestTruthMatcher(thresholds, isStrict: true))
        {
            KeepsIgnored = false,
            AveragePrecision = TrapezoidCurve.Scripts,
            OperatingPoint = new EndOfCurve(),
        },
        MetricVariant.Yolov5At50 => new VariantRules(iou, static thresholds => new BestTruthMatcher(thresholds, isStrict: true, MeanThresholds))
        {
            KeepsIgnored = false,
            AveragePrecision = TrapezoidCurve.Yolov5Early,
            OperatingPoint = new BestF1Point(smooths: false),
        },
        MetricVariant.Yolov5At60 => new VariantRules(iou, static thresholds => new BestTruthMatcher(thresholds, isStrict: false, MeanThresholds))
        {
            KeepsIgnored = false,
            AveragePrecision = TrapezoidCurve.Yolov5,
            OperatingPoint = new BestF1Point(smooths: false),
        },
        _ => new VariantRules(iou, static thresholds => new BestTruthMatcher(thresholds, isStrict: false))
        {
            KeepsIgnored = false,
            AveragePrecision = TrapezoidCurve.Yolov5,
        },
    };
}
