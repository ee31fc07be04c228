namespace PluginPrune.Contracts.Detections;

/// <summary>The boxes that a network proposes for one picture, before any is suppressed. Heads add to it; it is reused from picture to picture.</summary>
/// <remarks>Not safe for several threads at once.</remarks>
public sealed class Candidates
{
    private Box[] _boxes = new Box[64];
    private float[] _objectness = new float[64];
    private float[] _scores = [];

    /// <summary>An empty collection.</summary>
    /// <param name="classes">How many classes the network knows, at least 1.</param>
    /// <param name="minimumScore">Heads leave out boxes whose objectness is not above it, since no score can be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    public Candidates(int classes, double minimumScore)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        MinimumScore = minimumScore;
        _scores = new float[_boxes.Length * classes];
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>Boxes whose objectness is not above it may be left out.</summary>
    public double MinimumScore { get; }

    /// <summary>How many boxes there are.</summary>
    public int Count { get; private set; }

    /// <summary>A box, in pixels of the network's input.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public Box BoxAt(int index) => _boxes.AsSpan(0, Count)[index];

    /// <summary>Whether there is an object in the box at all, 0 to 1.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public float ObjectnessAt(int index) => _objectness.AsSpan(0, Count)[index];

    /// <summary>
    /// How likely each class is if there is an object, 0 to 1 each. A box's score for a class is the product with its objectness;
    /// a class whose product is not above <see cref="MinimumScore"/> may be 0.
    /// </summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<float> ClassScoresAt(int index) => _scores.AsSpan(0, Count * Classes).Slice(index * Classes, Classes);

    /// <summary>Adds a box.</summary>
    /// <param name="box">In pixels of the network's input.</param>
    /// <param name="objectness">0 to 1.</param>
    /// <returns>Its class scores, all 0, to be filled by the caller before the next is added.</returns>
    public Span<float> Add(Box box, float objectness)
    {
        if (Count == _boxes.Length)
        {
            Array.Resize(ref _boxes, Count * 2);
            Array.Resize(ref _objectness, Count * 2);
            Array.Resize(ref _scores, Count * 2 * Classes);
        }

        _boxes[Count] = box;
        _objectness[Count] = objectness;
        Span<float> scores = _scores.AsSpan(Count * Classes, Classes);
        scores.Clear();
        Count++;
        return scores;
    }

    /// <summary>Removes all boxes.</summary>
    public void Clear() => Count = 0;
}
