using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>How whole pictures are classified.</summary>
public sealed record ClassificationSettings
{
    /// <summary>How a picture is fitted to the input, or null for what the network asks for.</summary>
    public ResizeMode? Resize { get; init; }

    /// <summary>How pixels are computed where a picture is resized, or null for what the network asks for.</summary>
    public Interpolation? Interpolation { get; init; }

    /// <summary>How many pictures the engine takes at once, at least 1.</summary>
    /// <value>The default is 1.</value>
    public int BatchSize { get; init; } = 1;
}
