using System.Numerics;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>The cross-entropy of single raw outputs, be they logits or probabilities.</summary>
/// <param name="entropy">The cross-entropy of a logit.</param>
/// <param name="isActivated">Whether they are probabilities.</param>
internal readonly struct ScoreLoss(CrossEntropy entropy, bool isActivated)
{
    // Probabilities of 0 and 1 have no logit; what rounding in single precision makes of large ones is kept finite.
    private const double Least = 1e-7;

    /// <summary>Writes the derivative of a raw output and gives its loss.</summary>
    /// <param name="values">Raw outputs.</param>
    /// <param name="gradient">Their derivatives.</param>
    /// <param name="at">Which of them.</param>
    /// <param name="target">What it should be, 0 to 1.</param>
    /// <param name="scale">What it counts.</param>
    public double Add<T>(ReadOnlySpan<T> values, Span<T> gradient, int at, double target, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double value = double.CreateTruncating(values[at]);
        double slope;
        double loss;
        if (isActivated)
        {
            double probability = Math.Clamp(value, Least, 1 - Least);
            loss = entropy.Of(Math.Log(probability / (1 - probability)), target, out slope);
            slope /= probability * (1 - probability);
        }
        else
        {
            loss = entropy.Of(value, target, out slope);
        }

        gradient[at] = T.CreateTruncating(scale * slope);
        return scale * loss;
    }
}
