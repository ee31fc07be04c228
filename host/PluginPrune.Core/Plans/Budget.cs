using PluginPrune.Core.Costs;

namespace PluginPrune.Core.Plans;

/// <summary>The most that may be left of a network. Several bounds hold together.</summary>
public sealed record Budget
{
    // Costs count tensors; a file has a header before them, of 20 bytes in Darknet's case.
    private const long HeaderRoom = 32;

    /// <summary>The most floating-point operations for one picture, or null.</summary>
    public BudgetBound? Flops { get; init; }

    /// <summary>The most parameters, or null.</summary>
    public BudgetBound? Parameters { get; init; }

    /// <summary>The most bytes of weights, or null.</summary>
    public BudgetBound? Bytes { get; init; }

    /// <summary>Whether nothing is bounded.</summary>
    public bool IsEmpty => Flops is null && Parameters is null && Bytes is null;

    /// <summary>The bounds as numbers, for a network of a cost.</summary>
    /// <param name="whole">The cost of the whole network.</param>
    /// <returns>The most of each; the largest number there is where nothing is bounded.</returns>
    public CostTotals For(CostTotals whole) => new(
        Parameters?.Of(whole.Parameters) ?? long.MaxValue, Flops?.Of(whole.Flops) ?? long.MaxValue, Bytes is { } bytes ? bytes.Of(whole.Bytes) - HeaderRoom : long.MaxValue);

    /// <summary>In words, for instance 'at most 50 % of the FLOPs'.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        Flops is { } flops ? $"at most {flops} FLOPs" : null,
        Parameters is { } parameters ? $"at most {parameters} parameters" : null,
        Bytes is { } bytes ? $"at most {bytes} bytes" : null,
    }.OfType<string>());
}
