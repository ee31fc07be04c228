using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.HeadYolo;

/// <summary>
/// The head of YOLOv3 (Redmon and Farhadi 2018, section 2): for each anchor, one behind the other, the channels x, y, width,
/// height, objectness and one for each class.
/// </summary>
internal sealed class YoloHead : IHead
{
    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input) =>
        AnchorLayout.Describe(head, input, AnchorLayout.CountMasked(head), [.. Enumerable.Range(0, AnchorLayout.Coordinates)]);
}
