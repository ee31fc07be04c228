namespace PluginPrune.Core.Sensitivity;

/// <summary>What was measured with a share of one group gone.</summary>
/// <param name="Rate">The share that was asked for, above 0 to 1.</param>
/// <param name="Kept">How many of the group's channels stayed.</param>
/// <param name="Value">The metric; NaN where it has no value any more, for instance because nothing is found.</param>
public sealed record CurvePoint(double Rate, int Kept, double Value)
{
    /// <summary>The floating-point operations that go with it, as a share of the whole network's.</summary>
    public double FlopsSaved { get; init; }

    /// <summary>The parameters that go with it, as a share of the whole network's.</summary>
    public double ParametersSaved { get; init; }
}
