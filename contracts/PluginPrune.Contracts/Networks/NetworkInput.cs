namespace PluginPrune.Contracts.Networks;

/// <summary>A picture that the network takes.</summary>
/// <param name="Name">Unique among the inputs and nodes.</param>
/// <param name="Shape">[channels, height, width].</param>
/// <param name="Preprocessing">How a picture becomes this input.</param>
public sealed record NetworkInput(string Name, Shape Shape, Preprocessing Preprocessing);
