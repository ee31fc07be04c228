namespace PluginPrune.EvaluatorDetection.Integrals;

/// <summary>
/// The area below straight lines through 101 points of the curve, which is itself made of straight lines through every
/// detection's recall and best precision from there on. YOLOv5 and the YOLOv3 pruning scripts differ in how the curve begins
/// and ends.
/// </summary>
/// <param name="first">The precision at recall 0 before any detection.</param>
/// <param name="reach">By how much recall rises from the last detection to a precision of 0.</param>
/// <param name="most">What this recall is at most.</param>
internal sealed class TrapezoidCurve(double first, double reach, double most = 1) : IAveragePrecision
{
    private const int Intervals = 100;

    /// <summary>The scripts': the curve begins as high as it gets, and drops right after its end.</summary>
    public static TrapezoidCurve Scripts { get; } = new(0, 1e-3);

    /// <summary>YOLOv5's before release 6.0: the curve drops within a hundredth, beyond recall 1 too.</summary>
    public static TrapezoidCurve Yolov5Early { get; } = new(1, 0.01, double.PositiveInfinity);

    /// <summary>YOLOv5's from release 6.0 on: a straight line leads from the end to recall 1.</summary>
    public static TrapezoidCurve Yolov5 { get; } = new(1, 1);

    public double Of(PrecisionSteps steps)
    {
        if (steps.Count == 0)
        {
            return 0;
        }

        // The points: recalls that rise, and where several share one, the first as the end of the line that leads to it and the
        // last as the beginning of the next.
        double[] envelope = steps.Envelope();
        double last = Math.Min(steps.Recall(steps.Count) + reach, most);
        double sum = 0;
        int count = 0;
        for (int i = 0; i <= Intervals; i++)
        {
            double recall = i == Intervals ? 1 : i * 0.01;
            while (count < steps.Count && steps.Recall(count + 1) <= recall)
            {
                count++;
            }

            double precision = recall >= last ? 0 : Line(steps, envelope, count, last, recall);
            sum += i is 0 or Intervals ? precision / 2 : precision;
        }

        return sum / Intervals;
    }

    private double Line(PrecisionSteps steps, double[] envelope, int count, double last, double recall)
    {
        double start = steps.HasFalseAfter(count) ? count == steps.Count ? steps.LastPrecision : envelope[count]
            : count == 0 ? Math.Max(first, envelope[0])
            : envelope[count - 1];
        double from = steps.Recall(count);
        double to = count == steps.Count ? last : steps.Recall(count + 1);
        double end = count == steps.Count ? 0 : envelope[count];
        return start + ((end - start) * (recall - from) / (to - from));
    }
}
