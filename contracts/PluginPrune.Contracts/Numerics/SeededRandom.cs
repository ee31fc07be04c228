namespace PluginPrune.Contracts.Numerics;

/// <summary>
/// Numbers made from a seed alone, the same on every platform and version, which <see cref="Random"/> does not promise: SplitMix64
/// (Steele, Lea and Flood 2014). For anything random that a plugin does; not for secrets. One thread at a time.
/// </summary>
/// <param name="seed">Any number: seeds that differ in one bit give sequences that have nothing in common.</param>
public sealed class SeededRandom(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>A number of which each bit depends on each bit of another: the first of the sequence that has it as seed.</summary>
    /// <param name="value">Any number. Several are mixed into one seed as Mix(Mix(a) ^ b).</param>
    /// <returns>No two values give the same.</returns>
    public static ulong Mix(ulong value) => Finish(value + Step);

    /// <summary>The next 64 bits, all sequences of which are as likely.</summary>
    /// <returns>The bits.</returns>
    public ulong NextBits()
    {
        _state += Step;
        return Finish(_state);
    }

    /// <summary>The next number, evenly from 0 to below 1, in steps of 2^-53.</summary>
    /// <returns>The number.</returns>
    public double NextDouble() => ToDouble(NextBits());

    /// <summary>The next whole number from 0 to below a count.</summary>
    /// <param name="count">The count, at least 1.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public int NextBelow(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)(NextDouble() * count);
    }

    /// <summary>A number from 0 to below 1 made of 64 bits, in steps of 2^-53.</summary>
    /// <param name="bits">The bits, of which the upper 53 count.</param>
    /// <returns>The number.</returns>
    public static double ToDouble(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
