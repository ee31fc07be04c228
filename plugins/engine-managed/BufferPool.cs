namespace PluginPrune.EngineManaged;

/// <summary>The arrays that hold intermediate values, kept from step to step and from run to run.</summary>
internal sealed class BufferPool<T>
    where T : unmanaged
{
    // Longest last.
    private readonly List<T[]> _free = [];

    /// <summary>An array with undefined contents, of at least the length asked for.</summary>
    public T[] Rent(int length)
    {
        for (int i = 0; i < _free.Count; i++)
        {
            if (_free[i].Length >= length)
            {
                T[] found = _free[i];
                _free.RemoveAt(i);
                return found;
            }
        }

        return GC.AllocateUninitializedArray<T>(length);
    }

    public void Return(T[] buffer)
    {
        int at = 0;
        while (at < _free.Count && _free[at].Length < buffer.Length)
        {
            at++;
        }

        _free.Insert(at, buffer);
    }

    public void Clear() => _free.Clear();
}
