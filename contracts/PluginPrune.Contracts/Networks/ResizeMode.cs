namespace PluginPrune.Contracts.Networks;

/// <summary>How a picture is fitted to a network's input size.</summary>
public enum ResizeMode
{
    /// <summary>Both sides to the network's size; the proportions change.</summary>
    Stretch,

    /// <summary>The longer side to the network's size, the rest padded; the proportions stay.</summary>
    Letterbox,
}
