namespace PluginPrune.Core.Training;

/// <summary>
/// Numbers that depend on a seed, an epoch and an index alone, the same on every platform and version: SplitMix64 (Steele, Lea and
/// Flood 2014), whose state begins where all three have been mixed.
/// </summary>
internal sealed class SampleRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    public SampleRandom(int seed, int epoch, int index)
    {
        ulong mixed = Mix((uint)seed + Step);
        mixed = Mix(mixed ^ ((uint)epoch + Step));
        _state = Mix(mixed ^ ((uint)index + Step));
    }

    /// <summary>From 0 to below 1, in steps of 2^-53.</summary>
    public double Unit()
    {
        _state += Step;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double least, double most) => least + ((most - least) * Unit());

    /// <summary>Evenly from minus a gain to a gain.</summary>
    public double Gain(double gain) => Between(-gain, gain);

    /// <summary>From 0 to below a count.</summary>
    public int Below(int count) => (int)(Unit() * count);

    public bool Chance(double share) => Unit() < share;

    /// <summary>From Beta(alpha, alpha), 0 to 1.</summary>
    public double Beta(double alpha)
    {
        double one = Gamma(alpha);
        double other = Gamma(alpha);

        // Of tiny alphas both may vanish; what remains of the distribution are its ends.
        return one + other > 0 ? one / (one + other) : Below(2);
    }

    /// <summary>From Gamma(shape, 1): Marsaglia and Tsang 2000.</summary>
    private double Gamma(double shape)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1) * Math.Pow(1 - Unit(), 1 / shape);
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Normal();
            double v = 1 + (c * normal);
            v *= v * v;
            if (v > 0 && Math.Log(1 - Unit()) < (0.5 * normal * normal) + (d * (1 - v + Math.Log(v))))
            {
                return d * v;
            }
        }
    }

    /// <summary>Box and Muller 1958; the second number is left.</summary>
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(Math.Tau * Unit());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
