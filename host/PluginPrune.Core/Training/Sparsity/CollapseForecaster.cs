using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>Forecasts when scales collapse in a sparse training, and which strength it takes that they do so in time.</summary>
/// <param name="settings">How it will be trained; with sparsity.</param>
/// <param name="stepsPerEpoch">Optimizer steps of an epoch, at least 1.</param>
public sealed class CollapseForecaster(TrainerSettings settings, int stepsPerEpoch)
{
    /// <summary>By which share of the training the scales shall be small: what is left gets back what their fall took.</summary>
    public const double PlannedShare = 0.7;

    // What does not matter, as a share of the training.
    private const double Lateness = 0.05;

    private const double LeastStrength = 1e-7;
    private const double MostStrength = 1e3;
    private const double Stride = 3;

    // Strengths are told with two digits.
    private const double Nearness = 1.02;

    /// <summary>Forecasts.</summary>
    /// <param name="scales">The scales as they are before the training, measured or not.</param>
    public CollapseForecast Make(ImmutableArray<ScaleGradients> scales)
    {
        SparsitySettings sparsity = settings.Sparsity ?? throw new ArgumentException("Nothing pulls scales.", nameof(scales));
        var simulation = new ScaleSimulation(settings, stepsPerEpoch, scales);
        ScaleCourse course = simulation.Run(sparsity.Strength);
        float[] sorted = [.. scales.SelectMany(static layer => layer.Gamma).Select(Math.Abs).Order()];
        return new CollapseForecast
        {
            Scale = sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)(sparsity.Ratio * sorted.Length) - 1, 0, sorted.Length - 1)],
            Strength = sparsity.Strength,
            Ratio = sparsity.Ratio,
            Epochs = settings.Epochs,
            Collapse = course.Collapse,
            Small = course.Small,
            Travel = course.Travel,
            PlannedEpoch = PlannedShare * settings.Epochs,
            Recommended = course.Collapse == 0 ? null : Advice(course, simulation),
            KnowsLoss = settings.Optimizer == OptimizerKind.Sgd && scales.Any(static layer => layer.MeanSquare.Any(static square => square > 0)),
        };
    }

    // A scheduler that adjusts itself arrives when it aims to, or a little later, at any strength: more of it would buy a moment.
    private double? Advice(ScaleCourse course, ScaleSimulation simulation)
    {
        double? strength = Recommend(simulation);
        bool isNearly = course.Collapse <= (PlannedShare * settings.Epochs) + Math.Max(1, Lateness * settings.Epochs);
        return isNearly && strength > settings.Sparsity!.Strength ? null : strength;
    }

    // The more strength, the earlier; but with far too much, sub-gradients swing widely about 0. So the least that arrives is
    // found in strides, and then the bounds of its logarithm close in.
    private double? Recommend(ScaleSimulation simulation)
    {
        bool Arrives(double strength) => simulation.Run(strength).Collapse <= PlannedShare * settings.Epochs;
        double high = LeastStrength;
        while (high < MostStrength && !Arrives(high))
        {
            high *= Stride;
        }

        if (high == LeastStrength || high >= MostStrength)
        {
            return null;
        }

        double low = high / Stride;
        while (high / low > Nearness)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = Arrives(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
