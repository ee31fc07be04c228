using PluginPrune.Contracts.Numerics;

namespace PluginPrune.Core.Reconstruction;

/// <summary>Draws the places of each picture at which a layer is looked at: neighbours tell much the same.</summary>
/// <param name="places">How many places an output channel has.</param>
/// <param name="count">How many to draw, at most as many.</param>
/// <param name="seed">One seed, one choice.</param>
internal sealed class PlaceSample(int places, int count, ulong seed)
{
    private readonly int[] _places = [.. Enumerable.Range(0, places)];

    /// <summary>How many are drawn.</summary>
    public int Count => count;

    /// <summary>Those of a picture; good until the next is asked for.</summary>
    /// <param name="picture">The picture's number.</param>
    public ReadOnlySpan<int> Of(int picture)
    {
        if (count < places)
        {
            for (int i = 0; i < places; i++)
            {
                _places[i] = i;
            }

            // The first places of a shuffle (Durstenfeld 1964).
            var random = new SeededRandom(SeededRandom.Mix(seed ^ SeededRandom.Mix((ulong)picture)));
            for (int i = 0; i < count; i++)
            {
                int other = i + random.NextBelow(places - i);
                (_places[i], _places[other]) = (_places[other], _places[i]);
            }
        }

        return _places.AsSpan(0, count);
    }
}
