using PluginPrune.Contracts.Numerics;

namespace PluginPrune.Core.Training;

/// <summary>
/// Numbers that depend on a seed, an epoch and an index alone: a sequence that begins where all three have been mixed, in the
/// distributions that augmentation draws from.
/// </summary>
internal sealed class SampleRandom
{
    private readonly SeededRandom _numbers;

    public SampleRandom(int seed, int epoch, int index)
    {
        ulong mixed = SeededRandom.Mix((uint)seed);
        mixed = SeededRandom.Mix(mixed ^ (uint)epoch);
        _numbers = new SeededRandom(SeededRandom.Mix(mixed ^ (uint)index));
    }

    /// <summary>From 0 to below 1, in steps of 2^-53.</summary>
    public double Unit() => _numbers.NextDouble();

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
}
