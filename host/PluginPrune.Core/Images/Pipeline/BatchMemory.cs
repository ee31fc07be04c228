namespace PluginPrune.Core.Images.Pipeline;

/// <summary>Memory for a number of batches, used again and again.</summary>
/// <param name="batches">How many there may be at once.</param>
internal sealed class BatchMemory(int batches)
{
    private readonly List<float[]> _free = [];
    private int _taken;

    /// <summary>Elements that may hold anything, or null while there are batches enough.</summary>
    public float[]? TryTake(long count)
    {
        if (_taken == batches)
        {
            return null;
        }

        _taken++;
        int index = _free.FindIndex(elements => elements.Length == count);
        if (index < 0)
        {
            return GC.AllocateUninitializedArray<float>(checked((int)count));
        }

        float[] found = _free[index];
        _free.RemoveAt(index);
        return found;
    }

    public void Return(float[] elements)
    {
        _taken--;
        _free.Add(elements);

        // Batches of another size may have come: what was returned longest ago goes.
        if (_free.Count + _taken > batches)
        {
            _free.RemoveAt(0);
        }
    }
}
