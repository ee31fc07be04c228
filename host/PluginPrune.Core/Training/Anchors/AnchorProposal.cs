using System.Collections.Immutable;

namespace PluginPrune.Core.Training;

/// <summary>The anchors that a network has and others for a dataset, and how well each fit.</summary>
/// <param name="Boxes">How many objects they were measured on.</param>
/// <param name="Current">Those that it has.</param>
/// <param name="Found">The others, by area; whole tenths of a pixel.</param>
/// <param name="Before">How well the first fit.</param>
/// <param name="After">How well the others fit.</param>
public sealed record AnchorProposal(int Boxes, ImmutableArray<BoxSize> Current, ImmutableArray<BoxSize> Found, AnchorFit Before, AnchorFit After)
{
    /// <summary>By what they were found.</summary>
    public AnchorMeasure Measure { get; private init; }

    /// <summary>Whether as many were found as there are, and they fit better.</summary>
    public bool IsBetter => Found.Length == Current.Length && After.MeanBy(Measure) > Before.MeanBy(Measure);

    /// <summary>Makes one.</summary>
    /// <param name="boxes">The objects.</param>
    /// <param name="current">The anchors that the network has.</param>
    /// <param name="count">How many to find.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentException">There are fewer different sizes than anchors wanted.</exception>
    public static AnchorProposal Make(ImmutableArray<BoxSize> boxes, ImmutableArray<BoxSize> current, int count, int seed, CancellationToken cancellationToken) =>
        Make(boxes, current, count, seed, AnchorMeasure.Iou, cancellationToken);

    /// <summary>Makes one by a measure.</summary>
    /// <param name="boxes">The objects.</param>
    /// <param name="current">The anchors that the network has.</param>
    /// <param name="count">How many to find.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="measure">What tells how well an anchor fits.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentException">There are fewer different sizes than anchors wanted.</exception>
    public static AnchorProposal Make(
        ImmutableArray<BoxSize> boxes, ImmutableArray<BoxSize> current, int count, int seed, AnchorMeasure measure, CancellationToken cancellationToken)
    {
        ImmutableArray<BoxSize> found = [.. new AnchorSearch(seed, measure).Find(boxes, count, cancellationToken).Select(static anchor => new BoxSize(Round(anchor.Width), Round(anchor.Height)))];
        return new AnchorProposal(boxes.Length, current, found, AnchorFit.Of(boxes, current), AnchorFit.Of(boxes, found)) { Measure = measure };
    }

    // Finer than a tenth of a pixel no anchor matters; a side of 0 would be none.
    private static double Round(double side) => Math.Max(0.1, Math.Round(side, 1));
}
