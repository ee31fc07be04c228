using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Recalibration;

/// <summary>Values of all pictures from which the rest of a network can be computed: at first the pictures themselves.</summary>
internal sealed class PictureValues
{
    private readonly string _input;
    private readonly IEnumerable<Batch<float>> _pictures;
    private readonly long _memoryBytes;
    private Dictionary<string, List<Batch<float>>>? _kept;

    /// <param name="input">What the network calls the picture.</param>
    /// <param name="pictures">The batches.</param>
    /// <param name="memoryBytes">The most that kept values take.</param>
    public PictureValues(string input, IEnumerable<Batch<float>> pictures, long memoryBytes)
    {
        _input = input;
        _pictures = pictures;
        _memoryBytes = memoryBytes;
    }

    /// <summary>How many pictures there are; 0 before they were gone through.</summary>
    public int Pictures { get; private set; }

    /// <summary>Whether a value is at hand.</summary>
    public bool Has(string value) => _kept?.ContainsKey(value) ?? value == _input;

    /// <summary>Goes through the pictures, batch by batch.</summary>
    /// <param name="values">Values that are at hand.</param>
    /// <exception cref="RecalibrationException">There is no picture.</exception>
    public IEnumerable<IReadOnlyList<Batch<float>>> Enumerate(IReadOnlyList<string> values) => _kept is null ? EnumeratePictures() : EnumerateKept(_kept, values);

    /// <summary>Whether other values can be kept in place of these.</summary>
    /// <param name="bytesOfPicture">What they take for one picture.</param>
    public bool CanKeep(long bytesOfPicture) => MostOf(bytesOfPicture) >= Math.Max(1, Pictures);

    /// <summary>Begins to keep other values in place of these.</summary>
    /// <param name="values">All that the rest of the network needs.</param>
    /// <param name="bytesOfPicture">What they take for one picture.</param>
    /// <returns>Null where there is not memory enough.</returns>
    public ValueKeeper? TryKeep(IReadOnlyList<string> values, long bytesOfPicture) =>
        CanKeep(bytesOfPicture) ? new ValueKeeper(values, MostOf(bytesOfPicture), _kept is null ? _input : null) : null;

    /// <summary>Lets go of a kept batch that nobody asks for again, because others are about to take its place: both need not fit into memory at once.</summary>
    /// <param name="index">Its number.</param>
    public void Release(int index)
    {
        foreach (List<Batch<float>> batches in _kept?.Values ?? Enumerable.Empty<List<Batch<float>>>())
        {
            batches[index] = null!;
        }
    }

    /// <summary>Puts what was kept in place, where it did not become too much.</summary>
    /// <param name="keeper">What took the values of all batches.</param>
    public void Replace(ValueKeeper keeper) => _kept = keeper.Kept ?? _kept;

    private static IEnumerable<IReadOnlyList<Batch<float>>> EnumerateKept(Dictionary<string, List<Batch<float>>> kept, IReadOnlyList<string> values)
    {
        int batches = kept.Values.First().Count;
        for (int i = 0; i < batches; i++)
        {
            yield return [.. values.Select(value => kept[value][i])];
        }
    }

    private long MostOf(long bytesOfPicture) => _memoryBytes / Math.Max(1, bytesOfPicture);

    private IEnumerable<IReadOnlyList<Batch<float>>> EnumeratePictures()
    {
        int count = 0;
        foreach (Batch<float> batch in _pictures)
        {
            count += batch.Size;
            yield return [batch];
        }

        Pictures = count > 0 ? count : throw new RecalibrationException("There is no picture to fit the network to.");
    }
}
