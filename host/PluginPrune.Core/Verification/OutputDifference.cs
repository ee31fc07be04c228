namespace PluginPrune.Core.Verification;

/// <summary>How far two networks' outputs are apart. All figures are relative to the reference, 0 for equal.</summary>
public sealed record OutputDifference
{
    /// <summary>The largest difference of any element over the largest magnitude of the reference, the worst output's.</summary>
    public required double Largest { get; init; }

    /// <summary>L2 norm of the difference over that of the reference, all outputs together.</summary>
    public required double Overall { get; init; }

    /// <summary>
    /// L2 norm of the difference over that of what varies in the reference: each channel's deviation from its mean over the
    /// places. Outputs are mostly constants (biases), which any network reproduces; one that ignores the picture scores 1 here.
    /// Null where nothing varies. Of boxes that the network has decoded itself it is what became of their scores, over what differs between two pictures.
    /// </summary>
    public required double? OfWhatVaries { get; init; }

    /// <summary>The same as <see cref="Overall"/> over the places farther than a quarter of the side from every border; null where there are none.</summary>
    public required double? Inner { get; init; }

    /// <summary>The same over the ring of places within a quarter of the side of a border; null where there are none.</summary>
    public required double? Border { get; init; }
}
