using PluginPrune.Contracts.Options;

namespace PluginPrune.DatasetSynthetic;

/// <summary>The options of drawn scenes.</summary>
public sealed class SyntheticOptions
{
    /// <summary>How many scenes a part has. Fewer scenes are the first of more.</summary>
    /// <value>The default is 1000.</value>
    [Option("How many scenes there are in each part", Minimum = 1, Maximum = 10_000_000)]
    public int Count { get; init; } = 1000;

    /// <summary>Width and height in pixels.</summary>
    /// <value>The default is 160.</value>
    [Option("Width and height of a scene in pixels", Minimum = 32, Maximum = 4096)]
    public int Size { get; init; } = 160;

    /// <summary>One seed, one set of scenes, on every machine.</summary>
    /// <value>The default is 0.</value>
    [Option("What the scenes are made from; the parts of one seed have no scene in common")]
    public int SceneSeed { get; init; }
}
