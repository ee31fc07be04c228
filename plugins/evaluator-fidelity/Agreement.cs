using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.EvaluatorFidelity;

/// <summary>How many of one network's detections another finds again.</summary>
/// <param name="matchIou">The overlap at which two detections of one class are the same.</param>
internal sealed class Agreement(double matchIou)
{
    private int _reference;
    private int _others;
    private int _found;
    private double _scoreDifference;

    /// <summary>The share of the reference's detections that the other has too, 0 to 1; NaN where there are none.</summary>
    public double FoundAgain => _reference == 0 ? double.NaN : (double)_found / _reference;

    /// <summary>The share of the other's detections that the reference does not have; NaN where it has none.</summary>
    public double New => _others == 0 ? double.NaN : (double)(_others - _found) / _others;

    /// <summary>The mean difference of the scores of what both have; NaN where they have nothing in common.</summary>
    public double ScoreDifference => _found == 0 ? double.NaN : _scoreDifference / _found;

    /// <summary>Compares a picture: the reference's detections, best first, each take the one of their class that they overlap most.</summary>
    public void Add(ImmutableArray<Detection> reference, ImmutableArray<Detection> others)
    {
        _reference += reference.Length;
        _others += others.Length;
        bool[] isTaken = new bool[others.Length];
        foreach (Detection wanted in reference)
        {
            int best = -1;
            double most = 0;
            for (int i = 0; i < others.Length; i++)
            {
                double overlap = !isTaken[i] && others[i].ClassIndex == wanted.ClassIndex ? wanted.Box.Iou(others[i].Box) : 0;
                if (overlap >= matchIou && overlap > most)
                {
                    (best, most) = (i, overlap);
                }
            }

            if (best >= 0)
            {
                isTaken[best] = true;
                _found++;
                _scoreDifference += Math.Abs(others[best].Score - wanted.Score);
            }
        }
    }
}
