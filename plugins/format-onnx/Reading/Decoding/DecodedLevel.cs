using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>One level of decoded boxes: what the convolution before gives, and how its numbers become boxes.</summary>
/// <param name="Source">The value that the convolution gives: [anchors * row, rows, columns].</param>
/// <param name="Anchors">Width and height of each anchor in pixels, one after the other.</param>
/// <param name="CentreScale">How far the sigmoid of a centre is stretched around 0.5.</param>
/// <param name="IsSquared">Whether sizes are 4 sigmoid(x)^2 of the anchor, in place of exp(x).</param>
internal sealed record DecodedLevel(string Source, ImmutableArray<double> Anchors, double CentreScale, bool IsSquared)
{
    private const string Yolo = "yolo";
    private const string Yolov5 = "yolov5";

    /// <summary>The head that decodes as the file did.</summary>
    /// <param name="output">The output that holds the boxes.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="index">Which level it is, from 0.</param>
    /// <param name="count">How many levels there are.</param>
    /// <param name="origin">Where the convolution is in the file.</param>
    public Head ToHead(string output, int classes, int index, int count, NodeOrigin origin)
    {
        string kind = IsSquared ? Yolov5 : Yolo;
        ImmutableSortedDictionary<string, ImmutableArray<double>> parameters = ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty
            .WithComparers(StringComparer.Ordinal).Add("anchors", Anchors).Add("classes", [classes]);
        parameters = IsSquared
            ? parameters.Add("level", [index, count])
            : parameters.Add("mask", [.. Enumerable.Range(0, Anchors.Length / 2).Select(static anchor => (double)anchor)]).Add("scale_x_y", [CentreScale]);
        return new Head(FormattableString.Invariant($"{output}.level {index}"), kind, Source, parameters, origin with { Kind = kind });
    }
}
