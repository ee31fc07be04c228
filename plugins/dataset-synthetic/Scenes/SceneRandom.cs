using System.Numerics;

namespace PluginPrune.DatasetSynthetic.Scenes;

/// <summary>
/// xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64: the framework's own generator may change with its version. All
/// numbers are made by exact operations, so that they are the same on every machine.
/// </summary>
internal sealed class SceneRandom
{
    private ulong _a, _b, _c, _d;

    public SceneRandom(ulong seed)
    {
        _a = Mix(seed);
        _b = Mix(seed + 1);
        _c = Mix(seed + 2);
        _d = Mix(seed + 3);
    }

    /// <summary>SplitMix64's output for a state (Steele, Lea and Flood 2014).</summary>
    public static ulong Mix(ulong state)
    {
        unchecked
        {
            ulong z = state * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    public ulong Next()
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
            ulong t = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= t;
            _d = BitOperations.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>From 0 to below 1, in steps of 2^-24: exact in single precision.</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    public float Between(float least, float most) => least + ((most - least) * Unit());

    /// <summary>From 0 to below a count.</summary>
    public int Below(int count) => (int)((Next() >> 32) * (ulong)count >> 32);

    public bool Chance(float share) => Unit() < share;

    /// <summary>A direction, all alike: a point of the unit disc, brought to its rim.</summary>
    public (float X, float Y) Direction()
    {
        while (true)
        {
            float x = Between(-1, 1);
            float y = Between(-1, 1);
            float square = (x * x) + (y * y);
            if (square is > 0.01f and <= 1)
            {
                float scale = 1 / MathF.Sqrt(square);
                return (x * scale, y * scale);
            }
        }
    }
}
