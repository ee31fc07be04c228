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
}
