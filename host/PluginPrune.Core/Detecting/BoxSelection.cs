using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Detecting;

/// <summary>The candidates that count, best first; of equal scores the one that was decoded first. Reused from picture to picture.</summary>
/// <param name="settings">What counts.</param>
internal sealed class BoxSelection(DetectionSettings settings)
{
    // Scores are floats, as heads give them and as other clients compare them: 0.1 is not above 0.1.
    private readonly float _confidence = (float)settings.Confidence;
    private readonly ScoreOrder _order = new();
    private Candidates _candidates = new(1, 0);
    private int[] _taken = [];

    /// <summary>How many there are, of which <see cref="TryTake"/> may refuse some.</summary>
    public int Count => _order.Count;

    /// <summary>How many classes there may be.</summary>
    public int Classes => _candidates.Classes;

    /// <summary>Takes the candidates of a picture, which are read until the next one's are taken.</summary>
    public void Select(Candidates candidates)
    {
        _candidates = candidates;
        _order.Clear();
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates.ObjectnessAt(i) > _confidence && IsUsable(candidates.BoxAt(i)))
            {
                Score(i);
            }
        }

        _order.Sort();
        _taken = _taken.Length == candidates.Classes ? _taken : new int[candidates.Classes];
        Array.Clear(_taken);
    }

    /// <summary>One of them, unless enough of its class have been taken. To be asked for one after the other.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <param name="taken">The box, in pixels of the network's input.</param>
    public bool TryTake(int index, out Detection taken)
    {
        (float score, int place) = _order[index];
        (int candidate, int classIndex) = Math.DivRem(place, _candidates.Classes);
        taken = new Detection(_candidates.BoxAt(candidate), classIndex, score);
        return settings.MaximumPerClass <= 0 || ++_taken[classIndex] <= settings.MaximumPerClass;
    }

    private bool IsUsable(Box box) =>
        box.Width > settings.MinimumSide && box.Height > settings.MinimumSide && double.IsFinite(box.Left + box.Top + box.Right + box.Bottom);

    private void Score(int candidate)
    {
        float objectness = _candidates.ObjectnessAt(candidate);
        ReadOnlySpan<float> classes = _candidates.ClassScoresAt(candidate);
        _order.Reserve(classes.Length);
        int first = candidate * classes.Length;
        if (settings.IgnoresOnlyClass && classes.Length == 1)
        {
            Add(first, objectness);
            return;
        }

        if (settings.IsMultiLabel)
        {
            for (int i = 0; i < classes.Length; i++)
            {
                Add(first + i, objectness * classes[i]);
            }

            return;
        }

        int best = 0;
        for (int i = 1; i < classes.Length; i++)
        {
            best = classes[i] > classes[best] ? i : best;
        }

        Add(first + best, objectness * classes[best]);
    }

    private void Add(int place, float score)
    {
        if (score > _confidence)
        {
            _order.Add(score, place);
        }
    }
}
