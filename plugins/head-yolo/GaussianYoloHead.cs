using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.HeadYolo;

/// <summary>
/// The head of Gaussian YOLOv3 (Choi et al. 2019, section 3.1): as YOLOv3's, but every coordinate i of a box is followed by
/// how uncertain it is, which has the index 4 + i.
/// </summary>
internal sealed class GaussianYoloHead : IHead
{
    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input) =>
        AnchorLayout.Describe(
            head,
            input,
            AnchorLayout.CountMasked(head),
            [.. Enumerable.Range(0, AnchorLayout.Coordinates).SelectMany(static i => (int[])[i, AnchorLayout.Coordinates + i])]);
}
