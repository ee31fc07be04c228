using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Detecting;

/// <summary>The candidates that count, best first; of equal scores the one that was decoded first. Reused from picture to picture.</summary>
/// <param name="settings">What counts.</param>
internal sealed class BoxSelection(DetectionSettings settings)
{
    // Scores are floats, as heads give them and as other clients compare them: 0.1 is not above 0.1.
    private readonly float _confidence = (float)settings.Confidence;
    private readonly List<(int Candidate, int ClassIndex)> _found = [];
    private readonly List<ulong> _order = [];
    private int[] _taken = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The boxes, in pixels of the network's input.</summary>
    public Box[] Boxes { get; private set; } = [];

    /// <summary>The scores, falling.</summary>
    public float[] Scores { get; private set; } = [];

    /// <summary>The classes.</summary>
    public int[] Classes { get; private set; } = [];

    /// <summary>Takes the candidates of a picture.</summary>
    public void Select(Candidates candidates)
    {
        _found.Clear();
        _order.Clear();
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates.ObjectnessAt(i) > _confidence && IsUsable(candidates.BoxAt(i)))
            {
                Score(candidates, i);
            }
        }

        _order.Sort();
        Gather(candidates);
    }

    private bool IsUsable(Box box) =>
        box.Width > settings.MinimumSide && box.Height > settings.MinimumSide && double.IsFinite(box.Left + box.Top + box.Right + box.Bottom);

    private void Score(Candidates candidates, int candidate)
    {
        float objectness = candidates.ObjectnessAt(candidate);
        ReadOnlySpan<float> classes = candidates.ClassScoresAt(candidate);
        if (settings.IgnoresOnlyClass && classes.Length == 1)
        {
            Add(candidate, 0, objectness);
            return;
        }

        if (settings.IsMultiLabel)
        {
            for (int i = 0; i < classes.Length; i++)
            {
                Add(candidate, i, objectness * classes[i]);
            }

            return;
        }

        int best = 0;
        for (int i = 1; i < classes.Length; i++)
        {
            best = classes[i] > classes[best] ? i : best;
        }

        Add(candidate, best, objectness * classes[best]);
    }

    private void Add(int candidate, int classIndex, float score)
    {
        if (score > _confidence)
        {
            // The bits of positive floats are ordered as they are: falling scores, then rising places, in one number.
            _order.Add(((ulong)~BitConverter.SingleToUInt32Bits(score) << 32) | (uint)_found.Count);
            _found.Add((candidate, classIndex));
        }
    }

    private void Gather(Candidates candidates)
    {
        if (Boxes.Length < _order.Count)
        {
            int size = Math.Max(_order.Count, 2 * Boxes.Length);
            Boxes = new Box[size];
            Scores = new float[size];
            Classes = new int[size];
        }

        _taken = _taken.Length == candidates.Classes ? _taken : new int[candidates.Classes];
        Array.Clear(_taken);
        Count = 0;
        foreach (ulong key in _order)
        {
            (int candidate, int classIndex) = _found[(int)(uint)key];
            if (settings.MaximumPerClass > 0 && ++_taken[classIndex] > settings.MaximumPerClass)
            {
                continue;
            }

            Boxes[Count] = candidates.BoxAt(candidate);
            Scores[Count] = BitConverter.UInt32BitsToSingle(~(uint)(key >> 32));
            Classes[Count] = classIndex;
            Count++;
        }
    }
}
