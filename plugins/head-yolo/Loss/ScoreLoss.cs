using System.Numerics;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>The cross-entropy of single raw outputs, be they logits or probabilities.</summary>
/// <param name="entropy">The cross-entropy of a logit.</param>
/// <param name="isActivated">Whether they are probabilities.</param>
internal readonly struct ScoreLoss(CrossEntropy entropy, bool isActivated)
{
    /// <summary>Writes the derivative of a raw output and gives its loss.</summary>
    /// <param name="values">Raw outputs.</param>
    /// <param name="gradient">Their derivatives.</param>
    /// <param name="at">Which of them.</param>
    /// <param name="target">What it should be, 0 to 1.</param>
    /// <param name="scale">What it counts.</param>
    public double Add<T>(ReadOnlySpan<T> values, Span<T> gradient, int at, double target, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double logit = RawScore.Logit(double.CreateTruncating(values[at]), isActivated, out double run);
        double loss = entropy.Of(logit, target, out double slope);
        gradient[at] = T.CreateTruncating(scale * (slope / run));
        return scale * loss;
    }
}
