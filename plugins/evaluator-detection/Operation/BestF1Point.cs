namespace PluginPrune.EvaluatorDetection.Operation;

/// <summary>
/// The confidence at which the mean F1 of the classes is best, of 1000 from 0 to 1; of equal ones the least. As YOLOv5 has it, with straight
/// lines between the confidences of detections.
/// </summary>
/// <param name="smooths">Whether F1 is smoothed over a tenth of the range before, as from release 6.2 on.</param>
internal sealed class BestF1Point(bool smooths) : IOperatingPoint
{
    private const int Points = 1000;
    private const int SmoothedPoints = 101;

    public OperatingFigures Find(IReadOnlyList<ClassCounts> classes)
    {
        double[] confidences = [.. Enumerable.Range(0, Points).Select(static i => i == Points - 1 ? 1 : i * (1.0 / (Points - 1)))];
        PointFigures[][] figures = [.. classes.Select(counts => FiguresOf(counts, confidences))];
        double[] mean = new double[Points];
        foreach (PointFigures[] ofClass in figures)
        {
            for (int i = 0; i < Points; i++)
            {
                mean[i] += ofClass[i].F1 / figures.Length;
            }
        }

        double[] smooth = smooths ? Smooth(mean) : mean;
        int best = 0;
        for (int i = 1; i < Points; i++)
        {
            best = smooth[i] > smooth[best] ? i : best;
        }

        return new OperatingFigures(confidences[best], [.. figures.Select(ofClass => ofClass[best])])
        {
            Confidences = confidences,
            MeanF1 = mean,
        };
    }

    private static PointFigures[] FiguresOf(ClassCounts counts, double[] confidences)
    {
        var figures = new PointFigures[confidences.Length];
        int count = counts.Scores.Length;
        if (count == 0)
        {
            // YOLOv5 leaves both at 0 here.
            return figures;
        }

        // The last detection whose score is not below the confidence; of equal scores the last is the one that counts.
        int index = count - 1;
        for (int i = 0; i < confidences.Length; i++)
        {
            while (index >= 0 && counts.Scores[index] < confidences[i])
            {
                index--;
            }

            figures[i] = index < 0 ? new PointFigures(1, 0)
                : index == count - 1 ? new PointFigures(counts.Precision(index), counts.Recall(index))
                : Between(counts, index, confidences[i]);
        }

        return figures;
    }

    private static PointFigures Between(ClassCounts counts, int index, double confidence)
    {
        double share = (counts.Scores[index] - confidence) / (counts.Scores[index] - counts.Scores[index + 1]);
        return new PointFigures(
            counts.Precision(index) + (share * (counts.Precision(index + 1) - counts.Precision(index))),
            counts.Recall(index) + (share * (counts.Recall(index + 1) - counts.Recall(index))));
    }

    /// <summary>The mean over a window; beyond the ends the curve goes on level.</summary>
    private static double[] Smooth(double[] values)
    {
        const int Half = SmoothedPoints / 2;
        double[] smooth = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double sum = 0;
            for (int j = i - Half; j <= i + Half; j++)
            {
                sum += values[Math.Clamp(j, 0, values.Length - 1)];
            }

            smooth[i] = sum / SmoothedPoints;
        }

        return smooth;
    }
}
