using PluginPrune.Contracts.Options;

namespace PluginPrune.FormatOnnx;

/// <summary>What a file gives its user.</summary>
public enum OutputForm
{
    /// <summary>The values that the heads read, and those that nothing reads, as they are.</summary>
    Raw,

    /// <summary>
    /// One tensor [pictures, boxes, 5 + classes] of all YOLO heads. A row is: the box's centre x, y, its width and height, in
    /// pixels of the network's input; objectness; one probability for each class. Probabilities are 0 to 1 and not multiplied
    /// with each other; nothing is suppressed. Rows are ordered by head, anchor, y, x.
    /// </summary>
    Decoded,

    /// <summary>
    /// As release 5.0 of YOLOv5 exports: what each head reads as [pictures, anchors, rows, columns, 5 + classes], the first called
    /// 'output', and not decoded.
    /// </summary>
    [ChoiceName("v5.0")]
    Release5,

    /// <summary>As releases 6.0 and 6.1 do: <see cref="Decoded"/>, called 'output', and behind it the maps of <see cref="Release5"/>.</summary>
    [ChoiceName("v6.0")]
    Release6,

    /// <summary>As release 7.0 does: <see cref="Decoded"/>, called 'output0'; release 6.2 called it 'output'.</summary>
    [ChoiceName("v7.0")]
    Release7,
}
