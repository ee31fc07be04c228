namespace PluginPrune.EvaluatorDetection.Integrals;

/// <summary>The mean over some recalls of the best precision at the recall or above; 0 where it is not reached.</summary>
/// <param name="recalls">Ascending.</param>
internal sealed class SampledCurve(double[] recalls) : IAveragePrecision
{
    /// <summary>COCO's 101 recalls, with the rounding of its API: 0.01 times whole numbers.</summary>
    public static double[] CocoRecalls { get; } = [.. Enumerable.Range(0, 100).Select(static i => i * 0.01), 1];

    /// <summary>VOC 2007's: tenths (Everingham et al. 2010, section 4.2).</summary>
    public static double[] Voc2007Recalls { get; } = [.. Enumerable.Range(0, 11).Select(static i => i / 10.0)];

    public double Of(PrecisionSteps steps)
    {
        double sum = 0;
        foreach (double precision in Sample(steps, recalls))
        {
            sum += precision;
        }

        return sum / recalls.Length;
    }

    /// <summary>The precisions at some recalls.</summary>
    public static double[] Sample(PrecisionSteps steps, double[] recalls)
    {
        double[] envelope = steps.Envelope();
        double[] samples = new double[recalls.Length];
        int count = 1;
        for (int i = 0; i < recalls.Length; i++)
        {
            while (count <= envelope.Length && steps.Recall(count) < recalls[i])
            {
                count++;
            }

            samples[i] = count <= envelope.Length ? envelope[count - 1] : 0;
        }

        return samples;
    }
}
