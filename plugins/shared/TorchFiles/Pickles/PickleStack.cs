namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>What a pickle works on.</summary>
/// <param name="source">Knows the place, for messages.</param>
internal sealed class PickleStack(PickleBytes source)
{
    private readonly List<object?> _values = [];

    public void Push(object? value) => _values.Add(value);

    /// <exception cref="TorchFileException">There is none.</exception>
    public object? Top() => _values.Count > 0 && _values[^1] is var value and not PickleMark ? value : throw Senseless("a value");

    public object? Pop()
    {
        object? value = Top();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>Some values, in the order in which they came.</summary>
    public object?[] Pop(int count)
    {
        object?[] values = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            values[i] = Pop();
        }

        return values;
    }

    /// <summary>All values behind the last mark, and the mark with them.</summary>
    public object?[] PopToMark()
    {
        int mark = _values.FindLastIndex(static value => value is PickleMark);
        if (mark < 0)
        {
            throw Senseless("the end of a run");
        }

        object?[] values = [.. _values[(mark + 1)..]];
        _values.RemoveRange(mark, _values.Count - mark);
        return values;
    }

    public TorchFileException Senseless(string what) =>
        new($"its pickle has {what} before byte {source.Position} where there can be none: the file is damaged.");
}
