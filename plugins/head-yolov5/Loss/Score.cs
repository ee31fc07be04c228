using System.Numerics;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolov5.Loss;

/// <summary>The cross-entropy of single raw outputs, focal where wanted.</summary>
/// <param name="positive">What the part of a target that is 1 counts.</param>
/// <param name="exponent">The exponent of focal loss; 0 for none.</param>
internal readonly struct Score(double positive, double exponent)
{
    // What 'yes' counts in focal loss, and 'no' the rest (Lin et al. 2017, equation 5).
    private const double Alpha = 0.25;

    private readonly CrossEntropy _entropy = new(positive, exponent);

    /// <summary>Adds the derivative of a raw output and gives its loss.</summary>
    /// <param name="values">Raw outputs.</param>
    /// <param name="gradient">Their derivatives.</param>
    /// <param name="at">Which of them.</param>
    /// <param name="target">What it should be, 0 to 1.</param>
    /// <param name="scale">What it counts.</param>
    public double Add<T>(ReadOnlySpan<T> values, Span<T> gradient, int at, double target, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double loss = _entropy.Of(double.CreateTruncating(values[at]), target, out double slope);
        double factor = exponent == 0 ? scale : scale * ((target * Alpha) + ((1 - target) * (1 - Alpha)));
        gradient[at] += T.CreateTruncating(factor * slope);
        return factor * loss;
    }
}
