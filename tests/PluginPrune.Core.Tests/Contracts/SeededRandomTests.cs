using PluginPrune.Contracts.Numerics;

namespace PluginPrune.Core.Tests.Contracts;

public sealed class SeededRandomTests
{
    [Fact]
    public void Its_bits_are_those_that_others_publish_for_SplitMix64()
    {
        var random = new SeededRandom(1234567);

        ulong[] bits = [.. Enumerable.Range(0, 5).Select(_ => random.NextBits())];

        bits.Should().Equal(6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821);
        SeededRandom.Mix(1234567).Should().Be(bits[0]);
    }

    [Fact]
    public void Whole_numbers_reach_both_ends_and_all_alike()
    {
        var random = new SeededRandom(0);
        int[] counts = new int[7];

        for (int i = 0; i < 70_000; i++)
        {
            counts[random.NextBelow(7)]++;
        }

        // Six standard deviations of a binomial count.
        counts.Should().OnlyContain(count => Math.Abs(count - 10_000) < 6 * Math.Sqrt(70_000 * (1.0 / 7) * (6.0 / 7)));
    }

    [Fact]
    public void Doubles_lie_from_0_to_below_1()
    {
        SeededRandom.ToDouble(0).Should().Be(0);
        SeededRandom.ToDouble(ulong.MaxValue).Should().BeLessThan(1).And.Be(1 - Math.Pow(2, -53));
    }

    [Fact]
    public void No_number_lies_below_a_count_of_none()
    {
        Action draw = () => new SeededRandom(1).NextBelow(0);

        draw.Should().Throw<ArgumentOutOfRangeException>();
    }
}
