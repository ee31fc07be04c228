using System.Collections.Immutable;

namespace PluginPrune.Core.Inspection;

/// <summary>How the magnitudes of a layer's batch norm scales are spread.</summary>
public sealed class GammaProfile
{
    private readonly float[] _sorted;

    /// <summary>Makes the profile of some scales.</summary>
    /// <param name="gammas">At least one; their signs do not count.</param>
    public GammaProfile(ReadOnlySpan<float> gammas)
    {
        if (gammas.IsEmpty)
        {
            throw new ArgumentException("A profile needs at least one scale.", nameof(gammas));
        }

        _sorted = new float[gammas.Length];
        int[] bins = new int[BinEdges.Length + 1];
        for (int i = 0; i < gammas.Length; i++)
        {
            _sorted[i] = Math.Abs(gammas[i]);
            bins[BinOf(_sorted[i])]++;
        }

        Array.Sort(_sorted);
        Histogram = [.. bins];
    }

    /// <summary>Where one bin of <see cref="Histogram"/> ends and the next begins: half a decade each, from 1e-4 to 10^0.5.</summary>
    public static ImmutableArray<double> BinEdges { get; } = [.. Enumerable.Range(0, 10).Select(static half => Math.Pow(10, -4 + (half / 2.0)))];

    /// <summary>How many scales there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>How many lie in each bin: below the first edge, between two edges, from the last edge on.</summary>
    public ImmutableArray<int> Histogram { get; }

    /// <summary>The mean magnitude.</summary>
    public double Mean => _sorted.Average(static gamma => (double)gamma);

    /// <summary>The middle one; of an even number the upper of the two.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The magnitude that a share of them lies below.</summary>
    /// <param name="share">0 for the least, 1 for the largest.</param>
    public double Quantile(double share) => _sorted[Math.Min((int)(share * _sorted.Length), _sorted.Length - 1)];

    /// <summary>The share of them below a limit, 0 to 1.</summary>
    /// <param name="limit">A magnitude.</param>
    public double ShareBelow(double limit) => (double)_sorted.Count(gamma => gamma < limit) / _sorted.Length;

    private static int BinOf(double gamma)
    {
        int bin = 0;
        while (bin < BinEdges.Length && gamma >= BinEdges[bin])
        {
            bin++;
        }

        return bin;
    }
}
