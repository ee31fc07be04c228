namespace PluginPrune.Plugins.Tests.Losses;

/// <summary>How losses of heads are compared with obvious ones.</summary>
internal static class LossComparison
{
    private const double Step = 1e-6;

    /// <summary>All terms together.</summary>
    public static double Sum((double Box, double Objectness, double Class) loss) => loss.Box + loss.Objectness + loss.Class;

    /// <summary>Within a tolerance that counts from 1 on relatively.</summary>
    public static void ShouldBeClose(double found, double wanted, double tolerance, string because = "") =>
        found.Should().BeApproximately(wanted, tolerance * Math.Max(1, Math.Abs(wanted)), because);

    /// <summary>Whether every element of a gradient is the central difference of an obvious loss, to 1e-6.</summary>
    /// <param name="gradient">What is checked.</param>
    /// <param name="at">Where it was taken; stays as it is.</param>
    /// <param name="loss">The obvious loss of such values.</param>
    public static void ShouldBeCentralDifferences(ReadOnlySpan<double> gradient, IEnumerable<double> at, Func<double[], double> loss)
    {
        double[] values = [.. at];
        gradient.Length.Should().Be(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            double before = values[i];
            values[i] = before + Step;
            double above = loss(values);
            values[i] = before - Step;
            double below = loss(values);
            values[i] = before;
            ShouldBeClose(gradient[i], (above - below) / (2 * Step), 1e-6, $"element {i}");
        }
    }
}
