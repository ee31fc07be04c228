using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.HeadYolo.Decoding;

/// <summary>The widths and heights of the anchors that a head uses, in its own unit.</summary>
internal readonly struct AnchorSizes
{
    private readonly ImmutableArray<double> _anchors;
    private readonly ImmutableArray<double> _mask;

    private AnchorSizes(ImmutableArray<double> anchors, ImmutableArray<double> mask)
    {
        _anchors = anchors;
        _mask = mask;
    }

    /// <summary>Takes them from a head's parameters.</summary>
    /// <param name="head">The head.</param>
    /// <param name="count">How many anchors it uses.</param>
    /// <param name="isMasked">Whether a mask may pick them out.</param>
    /// <exception cref="HeadException">There are fewer than it uses.</exception>
    public static AnchorSizes Of(Head head, int count, bool isMasked)
    {
        ImmutableArray<double> anchors = head.Parameters.GetValueOrDefault("anchors", []);
        ImmutableArray<double> mask = isMasked ? head.Parameters.GetValueOrDefault("mask", []) : [];
        double last = mask.IsEmpty ? count - 1 : mask.Max();
        double first = mask.IsEmpty ? 0 : mask.Min();
        return first >= 0 && (2 * last) + 1 < anchors.Length
            ? new AnchorSizes(anchors, mask)
            : throw new HeadException(
                $"Head '{head.Id}' ({head.Origin}) uses anchor {(first < 0 ? first : last)}; it has {anchors.Length / 2}, counted from 0.");
    }

    public double Width(int anchor) => _anchors[2 * Index(anchor)];

    public double Height(int anchor) => _anchors[(2 * Index(anchor)) + 1];

    private int Index(int anchor) => _mask.IsEmpty ? anchor : (int)_mask[anchor];
}
