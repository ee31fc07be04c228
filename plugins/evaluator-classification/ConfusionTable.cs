namespace PluginPrune.EvaluatorClassification;

/// <summary>Counts which class each picture shows and which one it is taken for.</summary>
/// <param name="classes">How many classes there are.</param>
/// <param name="top">How many of the likeliest classes may hold the right one.</param>
internal sealed class ConfusionTable(int classes, int top)
{
    private readonly int[,] _counts = new int[classes, classes];
    private readonly int[] _among = new int[classes];

    /// <summary>How many classes there are.</summary>
    public int Classes => classes;

    /// <summary>How many of the likeliest classes may hold the right one.</summary>
    public int Top => top;

    /// <summary>How many pictures were added.</summary>
    public int Pictures { get; private set; }

    /// <summary>How many of them are taken for what they show.</summary>
    public int Right => Enumerable.Range(0, classes).Sum(index => _counts[index, index]);

    /// <summary>How many of them show one of their likeliest classes.</summary>
    public int Among => _among.Sum();

    /// <summary>How many pictures of a class are taken for another.</summary>
    public int this[int shown, int taken] => _counts[shown, taken];

    /// <summary>How many pictures show a class.</summary>
    public int Shown(int index) => Enumerable.Range(0, classes).Sum(taken => _counts[index, taken]);

    /// <summary>How many pictures are taken for a class.</summary>
    public int Taken(int index) => Enumerable.Range(0, classes).Sum(shown => _counts[shown, index]);

    /// <summary>How many pictures of a class have it among their likeliest.</summary>
    public int AmongOf(int index) => _among[index];

    /// <summary>Counts a picture. Of classes that are equally likely the first comes first; what is no number is never likely.</summary>
    /// <returns>The class that it is taken for.</returns>
    public int Add(ReadOnlySpan<float> probabilities, int shown)
    {
        float own = Likelihood(probabilities[shown]);
        int before = 0;
        int best = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            float likelihood = Likelihood(probabilities[k]);
            before += likelihood > own || (likelihood == own && k < shown) ? 1 : 0;
            best = likelihood > Likelihood(probabilities[best]) ? k : best;
        }

        Pictures++;
        _counts[shown, best]++;
        _among[shown] += before < top ? 1 : 0;
        return best;
    }

    private static float Likelihood(float probability) => float.IsNaN(probability) ? -1 : probability;
}
