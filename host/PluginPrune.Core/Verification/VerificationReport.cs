namespace PluginPrune.Core.Verification;

/// <summary>Three separate comparisons of raw outputs on one generated picture.</summary>
public sealed record VerificationReport
{
    /// <summary>How far compact and folded may be apart, as <see cref="OutputDifference.Largest"/>.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>(a) The small network against the folded one of full size: only rounding may differ.</summary>
    public required OutputDifference Compact { get; init; }

    /// <summary>(b) The small network against the masked one: the error of folding, which sits at the border.</summary>
    public required OutputDifference Folding { get; init; }

    /// <summary>(c) The small network against the original: what pruning changed.</summary>
    public required OutputDifference Change { get; init; }

    /// <summary>The outputs that cropping left, against the same ones of the whole network: only rounding may differ. Null where nothing was cropped.</summary>
    public OutputDifference? Cropping { get; init; }

    /// <summary>Whether the original's outputs are finite numbers: of others nothing can be compared.</summary>
    public bool IsOriginalFinite { get; init; } = true;

    /// <summary>Whether nothing was left to the border in folding, so that (b) must be within <see cref="Tolerance"/> too.</summary>
    public bool IsFoldingExact { get; init; }

    /// <summary>Whether (a) is within <see cref="Tolerance"/>, (b) where folding is exact, and what cropping left.</summary>
    public bool Passed => !(Cropping?.Largest > Tolerance) && Compact.Largest <= Tolerance && (!IsFoldingExact || Folding.Largest <= Tolerance);
}
