namespace PluginPrune.Core.Analysis;

/// <summary>Union-find over the numbers 0..n-1; the representative of a set is its smallest number, so results are stable.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parent = [.. Enumerable.Range(0, count)];

    public int Find(int item)
    {
        while (_parent[item] != item)
        {
            // Path halving.
            _parent[item] = _parent[_parent[item]];
            item = _parent[item];
        }

        return item;
    }

    /// <returns>Whether the two were apart before.</returns>
    public bool Union(int left, int right)
    {
        left = Find(left);
        right = Find(right);
        _parent[Math.Max(left, right)] = Math.Min(left, right);
        return left != right;
    }
}
