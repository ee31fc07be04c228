namespace PluginPrune.HeadYolo.Decoding;

/// <summary>The raw outputs of a head whose anchors stand one behind the other.</summary>
/// <param name="values">[anchors, channels of an anchor, places].</param>
/// <param name="channels">How many channels an anchor has.</param>
/// <param name="places">Rows times columns.</param>
internal readonly ref struct AnchorValues(ReadOnlySpan<float> values, int channels, int places)
{
    private readonly ReadOnlySpan<float> _values = values;

    public float this[int anchor, int channel, int place] => _values[(((anchor * channels) + channel) * places) + place];

    /// <summary>Fills in the classes that can lift a box above the least score; the others stay 0.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="first">The channel of the first class.</param>
    /// <param name="place">The place.</param>
    /// <param name="leastScore">What a class's score must be above.</param>
    /// <param name="scores">Takes the scores, all 0 before.</param>
    public void AddLogistic(int anchor, int first, int place, double leastScore, Span<float> scores)
    {
        float least = Logistic.LogitBelow(leastScore);
        int at = (((anchor * channels) + first) * places) + place;
        for (int i = 0; i < scores.Length; i++, at += places)
        {
            if (_values[at] > least)
            {
                scores[i] = Logistic.Of(_values[at]);
            }
        }
    }

    /// <summary>Fills in classes that are scores already.</summary>
    /// <inheritdoc cref="AddLogistic" path="/param" />
    public void AddRaw(int anchor, int first, int place, Span<float> scores)
    {
        int at = (((anchor * channels) + first) * places) + place;
        for (int i = 0; i < scores.Length; i++, at += places)
        {
            scores[i] = _values[at];
        }
    }
}
