using System.Runtime.InteropServices;

namespace PluginPrune.EvaluatorDetection.Integrals;

/// <summary>
/// A curve of precision over recall. Recall rises at true detections alone, so that the false ones before each of them say
/// everything: at the k-th true detection recall is k / truths and precision k / (k + false before it).
/// </summary>
/// <param name="falseBefore">For each true detection, best first, how many false ones are better.</param>
/// <param name="falseTotal">How many false ones there are in all.</param>
/// <param name="truths">How many objects there are, at least 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct PrecisionSteps(ReadOnlySpan<int> falseBefore, int falseTotal, int truths)
{
    private readonly ReadOnlySpan<int> _falseBefore = falseBefore;

    /// <summary>How many true detections there are.</summary>
    public int Count => _falseBefore.Length;

    /// <summary>How many objects there are.</summary>
    public int Truths { get; } = truths;

    /// <summary>The recall with the first so many true detections.</summary>
    public double Recall(int count) => (double)count / Truths;

    /// <summary>Whether false detections stand between the true one of a number and the next, or the end.</summary>
    public bool HasFalseAfter(int count) => (count == Count ? falseTotal : _falseBefore[count]) > (count == 0 ? 0 : _falseBefore[count - 1]);

    /// <summary>The precision at the end of the curve.</summary>
    public double LastPrecision => Count == 0 ? 0 : (double)Count / (Count + falseTotal);

    /// <summary>For each true detection the best precision at it or at any recall above.</summary>
    public double[] Envelope()
    {
        double[] envelope = new double[Count];
        double best = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            best = Math.Max(best, (i + 1.0) / (i + 1 + _falseBefore[i]));
            envelope[i] = best;
        }

        return envelope;
    }
}
