namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>Sorts by keys; items of equal keys end up in ascending order.</summary>
internal static class StableSort
{
    /// <summary>Sorts both.</summary>
    /// <param name="keys">Ascending afterwards; none is NaN.</param>
    /// <param name="items">Distinct numbers.</param>
    public static void ByKeys(Span<double> keys, Span<int> items)
    {
        // The framework's sort is quick and may swap equals; putting these back in order is a second, short walk.
        keys.Sort(items);
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                items[start..end].Sort();
            }

            start = end;
        }
    }
}
