namespace PluginPrune.Plugins.Tests.Evaluators.Metrics;

/// <summary>What definitions make of recall and precision after each detection.</summary>
internal static class ReferenceCurves
{
    public static (double[] Recall, double[] Precision) Of(List<ReferenceMetrics.Outcome> outcomes, int truths)
    {
        double[] recall = new double[outcomes.Count];
        double[] precision = new double[outcomes.Count];
        for (int i = 0; i < outcomes.Count; i++)
        {
            double hits = outcomes.Take(i + 1).Count(static outcome => outcome.IsTrue);
            recall[i] = hits / truths;
            precision[i] = hits / (i + 1);
        }

        return (recall, precision);
    }

    /// <summary>The mean over recalls of the best precision at the recall or above.</summary>
    public static double Sampled(double[] recall, double[] precision, double[] at) =>
        at.Average(least => recall.Select((value, i) => value >= least ? precision[i] : 0).DefaultIfEmpty(0).Max());

    /// <summary>The area below the best precision at each recall or above, rectangle by rectangle.</summary>
    public static double Area(double[] recall, double[] precision)
    {
        double area = 0;
        double last = 0;
        foreach (double level in recall.Distinct().Order())
        {
            area += (level - last) * recall.Select((value, i) => value >= level ? precision[i] : 0).Max();
            last = level;
        }

        return area;
    }

    /// <summary>The area below straight lines through 101 interpolated points of the falling curve between two sentinels.</summary>
    public static double Trapezoid(double[] recall, double[] precision, double first, double reach, double most = 1)
    {
        if (recall.Length == 0)
        {
            return 0;
        }

        double[] x = [0, .. recall, Math.Min(recall[^1] + reach, most)];
        double[] y = [first, .. precision, 0];
        for (int i = y.Length - 2; i >= 0; i--)
        {
            y[i] = Math.Max(y[i], y[i + 1]);
        }

        double[] samples = [.. Enumerable.Range(0, 101).Select(i => Interpolate(i == 100 ? 1 : i * 0.01, x, y, y[0]))];
        return Enumerable.Range(0, 100).Sum(i => 0.01 * (samples[i] + samples[i + 1]) / 2);
    }

    /// <summary>A value of straight lines through points, as numpy's interp gives it; x ascends and may repeat.</summary>
    public static double Interpolate(double at, double[] x, double[] y, double left)
    {
        int last = Array.FindLastIndex(x, value => value <= at);
        return last < 0 ? left
            : last == x.Length - 1 ? y[last]
            : y[last] + ((y[last + 1] - y[last]) / (x[last + 1] - x[last]) * (at - x[last]));
    }

    /// <summary>Precision, recall and F1 at the confidence of the best mean F1, smoothed or not.</summary>
    public static (double Confidence, (double Precision, double Recall, double F1)[] Classes) AtBestF1(List<(List<ReferenceMetrics.Outcome> Outcomes, int Truths)> classes, bool smooths)
    {
        double[] confidences = [.. Enumerable.Range(0, 1000).Select(static i => i == 999 ? 1 : i * (1.0 / 999))];
        var figures = classes.Select(ofClass => At(ofClass, confidences)).ToArray();
        double[] mean = [.. Enumerable.Range(0, 1000).Select(i => figures.Average(ofClass => ofClass[i].F1))];
        double[] padded = [.. Enumerable.Repeat(mean[0], 50), .. mean, .. Enumerable.Repeat(mean[^1], 50)];
        double[] smooth = smooths ? [.. Enumerable.Range(0, 1000).Select(i => padded.AsSpan(i, 101).ToArray().Sum() / 101)] : mean;
        int best = Array.FindIndex(smooth, value => value >= smooth.Max() - 1e-12);
        return (confidences[best], [.. figures.Select(ofClass => ofClass[best])]);
    }

    private static (double Precision, double Recall, double F1)[] At((List<ReferenceMetrics.Outcome> Outcomes, int Truths) ofClass, double[] confidences)
    {
        (double[] recall, double[] precision) = Of(ofClass.Outcomes, ofClass.Truths);
        double[] x = [.. ofClass.Outcomes.Select(static outcome => -outcome.Score)];
        return [.. confidences.Select(confidence =>
        {
            double r = x.Length == 0 ? 0 : Interpolate(-confidence, x, recall, 0);
            double p = x.Length == 0 ? 0 : Interpolate(-confidence, x, precision, 1);
            return (p, r, 2 * p * r / (p + r + 1e-16));
        })];
    }
}
