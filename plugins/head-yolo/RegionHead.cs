using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.HeadYolo;

/// <summary>
/// The head of YOLOv2 (Redmon and Farhadi 2016, section 2): for each anchor, one behind the other, the coordinates ('coords',
/// usually 4), objectness and one channel for each class. Without a mask: it has all anchors.
/// </summary>
internal sealed class RegionHead : IHead
{
    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input) =>
        AnchorLayout.Describe(
            head,
            input,
            AnchorLayout.Whole(head, "num", 1),
            [.. Enumerable.Range(0, Math.Min(AnchorLayout.Whole(head, "coords", AnchorLayout.Coordinates), input.Channels))]);
}
