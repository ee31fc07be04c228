using System.Collections.Immutable;
using PluginPrune.Contracts.Numerics;

namespace PluginPrune.Core.Recalibration;

/// <summary>Draws some of many, each as likely as any other: sets are often sorted by what is on their pictures.</summary>
public static class PictureDraw
{
    /// <summary>Draws.</summary>
    /// <typeparam name="T">What.</typeparam>
    /// <param name="all">All there are.</param>
    /// <param name="count">How many; all where there are no more.</param>
    /// <param name="seed">One seed, one choice.</param>
    /// <returns>Those drawn, in the order in which they stand in <paramref name="all"/>.</returns>
    public static ImmutableArray<T> Of<T>(ImmutableArray<T> all, int count, int seed)
    {
        if (count >= all.Length)
        {
            return all;
        }

        // The first places of a shuffle (Durstenfeld 1964).
        var random = new SeededRandom((ulong)seed);
        int[] places = [.. Enumerable.Range(0, all.Length)];
        for (int i = 0; i < count; i++)
        {
            int other = i + random.NextBelow(all.Length - i);
            (places[i], places[other]) = (places[other], places[i]);
        }

        return [.. places[..count].Order().Select(place => all[place])];
    }
}
