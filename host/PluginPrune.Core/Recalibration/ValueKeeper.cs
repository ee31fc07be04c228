using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Recalibration;

/// <summary>Keeps values of all pictures, batch by batch, up to a number of pictures.</summary>
/// <param name="values">Their names.</param>
/// <param name="most">The most pictures.</param>
/// <param name="borrowed">The value whose elements are only lent and must be copied, or null.</param>
internal sealed class ValueKeeper(IReadOnlyList<string> values, long most, string? borrowed)
{
    private Dictionary<string, List<Batch<float>>>? _kept = values.ToDictionary(static value => value, static _ => new List<Batch<float>>(), StringComparer.Ordinal);
    private long _pictures;

    /// <summary>What was kept; null where it became too much.</summary>
    public Dictionary<string, List<Batch<float>>>? Kept => _kept;

    /// <summary>Takes a batch of every value.</summary>
    public void Take(Dictionary<string, Batch<float>> known)
    {
        _pictures += known[values[0]].Size;
        if (_pictures > most)
        {
            _kept = null;
        }

        foreach (string value in _kept is null ? [] : values)
        {
            Batch<float> batch = known[value];
            _kept![value].Add(value == borrowed ? new Batch<float>(batch.Size, batch.Shape, [.. batch.Elements]) : batch);
        }
    }
}
