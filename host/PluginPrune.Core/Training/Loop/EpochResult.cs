using System.Collections.Immutable;

namespace PluginPrune.Core.Training;

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">From 0.</param>
/// <param name="Values">Named numbers in the order of the columns: losses, rates, metrics, shares of small scales. NaN where one was not measured.</param>
public sealed record EpochResult(int Epoch, ImmutableArray<NamedValue> Values)
{
    /// <summary>How far a sparse training has got; null for others.</summary>
    public SparsityState? Sparsity { get; init; }

    /// <summary>A number of this epoch, or NaN.</summary>
    public double this[string name] => Values.FirstOrDefault(value => value.Name == name) is { } found ? found.Value : double.NaN;
}
