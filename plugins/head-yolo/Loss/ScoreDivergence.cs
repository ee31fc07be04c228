using System.Numerics;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>
/// How far a score is from the teacher's: the divergence of Kullback and Leibler between the probabilities that both have where
/// logits are divided by a temperature T, times T^2 (Hinton et al. 2015, section 2). The cross-entropy with the teacher's probability is that
/// and a constant; without the constant it is 0 where both say the same.
/// </summary>
/// <param name="temperature">T.</param>
/// <param name="isActivated">Whether the student's raw outputs are probabilities.</param>
internal readonly struct ScoreDivergence(double temperature, bool isActivated)
{
    private static readonly CrossEntropy Entropy = new(positive: 1, exponent: 0);

    /// <summary>Writes the derivative of a raw output and gives its loss.</summary>
    /// <param name="values">The student's raw outputs.</param>
    /// <param name="gradient">Their derivatives.</param>
    /// <param name="at">Which of them.</param>
    /// <param name="teacher">The teacher's logit.</param>
    /// <param name="scale">What it counts.</param>
    public double Add<T>(ReadOnlySpan<T> values, Span<T> gradient, int at, double teacher, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double wanted = teacher / temperature;
        double target = 1 / (1 + Math.Exp(-wanted));
        double logit = RawScore.Logit(double.CreateTruncating(values[at]), isActivated, out double run) / temperature;
        double loss = Entropy.Of(logit, target, out double slope) - Entropy.Of(wanted, target, out _);
        gradient[at] = T.CreateTruncating(scale * temperature * slope / run);
        return scale * temperature * temperature * loss;
    }
}
