using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Sensitivity;

/// <summary>What curves are of.</summary>
/// <param name="Evaluator">Who measured it.</param>
/// <param name="Metric">The metric, with its value of the whole network.</param>
public sealed record CurveMetric(string Evaluator, Metric Metric)
{
    private const double Rounding = 1e-9;

    /// <summary>Whether a drop is no larger than what is allowed, but for the rounding of differences.</summary>
    /// <param name="drop">The drop.</param>
    /// <param name="allowed">The most.</param>
    public static bool IsWithin(double drop, double allowed) => drop <= allowed + Rounding;

    /// <summary>How much worse a value is than the whole network's; negative where it is better, infinite where there is none.</summary>
    /// <param name="value">The value.</param>
    public double DropOf(double value) =>
        double.IsNaN(value) ? double.PositiveInfinity
        : Metric.Direction == MetricDirection.Lower ? value - Metric.Value
        : Metric.Value - value;
}
