using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>What the boxes of one level must be made of (Redmon and Farhadi 2018, section 2.1, and what YOLOv5 made of it).</summary>
/// <param name="Map">What the convolution gives: [anchors * row, rows, columns].</param>
/// <param name="Row">How many numbers a box has.</param>
/// <param name="Source">The convolution.</param>
/// <param name="StrideX">How many pixels a column takes.</param>
/// <param name="StrideY">How many pixels a row takes.</param>
/// <param name="CentreScale">How far the sigmoid of a centre is stretched around 0.5.</param>
/// <param name="IsSquared">Whether sizes are 4 sigmoid(x)^2 of the anchor, in place of exp(x).</param>
internal sealed record LevelForm(Shape Map, int Row, string Source, double StrideX, double StrideY, double CentreScale, bool IsSquared)
{
    /// <summary>How far numbers may be off that single precision has rounded, of themselves or of a cell.</summary>
    public const double Tolerance = 1e-3;

    private const int Four = 4;

    private TermFunction SizeFunction => IsSquared ? TermFunction.SquaredSigmoid : TermFunction.Exponential;

    /// <summary>Finds the size of an anchor.</summary>
    public bool TryReadAnchor(Term? width, Term? height, Span<double> size)
    {
        if (width is not { Offset: 0 } x || height is not { Offset: 0 } y || x.Function != SizeFunction || y.Function != SizeFunction || !(x.Scale > 0) || !(y.Scale > 0))
        {
            return false;
        }

        (size[0], size[1]) = IsSquared ? (x.Scale / Four, y.Scale / Four) : (x.Scale, y.Scale);
        return true;
    }

    /// <summary>Whether a number of a box is what it must be.</summary>
    public bool Fits(Term? found, int column, int anchor, int place, ReadOnlySpan<double> sizes)
    {
        if (found is not { } term || term.Source != Source || term.Index != ((((anchor * Row) + column) * Map.ElementsPerChannel) + place))
        {
            return false;
        }

        (int row, int cell) = Math.DivRem(place, Map.Width);
        return column switch
        {
            0 => IsCentre(term, cell, StrideX),
            1 => IsCentre(term, row, StrideY),
            2 or 3 => term.Function == SizeFunction && term.Offset == 0 && Math.Abs(term.Scale - (sizes[(2 * anchor) + column - 2] * (IsSquared ? Four : 1))) <= Tolerance * term.Scale,
            _ => term is { Function: TermFunction.Sigmoid, Scale: 1, Offset: 0 },
        };
    }

    private bool IsCentre(Term term, int cell, double stride) =>
        term.Function == TermFunction.Sigmoid
        && Math.Abs(term.Scale - (CentreScale * stride)) <= Tolerance * stride
        && Math.Abs(term.Offset - ((cell - (0.5 * (CentreScale - 1))) * stride)) <= Tolerance * stride;
}
