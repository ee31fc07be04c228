namespace PluginPrune.Contracts.Networks;

/// <summary>Where the user finds a node in the file that it came from; used in messages and reports.</summary>
/// <param name="Layer">
/// The layer's name as its users say it, for instance '12' for the section with index 12 of a Darknet file. Nodes that came
/// from one layer, such as a convolution, its batch norm and its activation, share it.
/// </param>
/// <param name="Kind">What the file calls the layer, for instance 'convolutional'.</param>
/// <param name="Line">The 1-based line in a text file, or null.</param>
public sealed record NodeOrigin(string Layer, string Kind, int? Line)
{
    /// <summary>The part of the network that the file counts the layer to, such as YOLOv5's 'backbone' and 'head'; null where it does not say.</summary>
    public string? Part { get; init; }

    /// <summary>For instance 'layer 12 [convolutional], line 143'.</summary>
    public override string ToString() =>
        Line is { } line ? $"layer {Layer} [{Kind}], line {line}" : $"layer {Layer} [{Kind}]";
}
