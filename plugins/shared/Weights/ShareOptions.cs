using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Shared.Weights;

/// <summary>Options of criteria that give each channel a score, of which a share goes.</summary>
public abstract class ShareOptions
{
    /// <param name="range">Among which channels the share is taken, where nothing else is said.</param>
    /// <param name="coupling">How tied layers agree, where nothing else is said.</param>
    protected ShareOptions(SelectionRange range, Coupling coupling) => (Range, Coupling) = (range, coupling);

    /// <summary>The share of the channels that go.</summary>
    /// <value>The default is 0.5.</value>
    [Option("Share of the channels that go, lowest scores first", Minimum = 0, Maximum = 1)]
    public double Percent { get; init; } = 0.5;

    /// <summary>Among which channels the share is taken.</summary>
    [Option("Whether the share is taken of all layers together or of each")]
    public SelectionRange Range { get; init; }

    /// <summary>How tied layers agree.</summary>
    [Option("How the layers of a tied set agree")]
    public Coupling Coupling { get; init; }

    /// <summary>The least share of its channels that every layer keeps.</summary>
    /// <value>The default is 0.01.</value>
    [Option("Least share of its channels that every layer keeps", Minimum = 0, Maximum = 1, Aliases = ["layer_keep"])]
    public double LayerKeep { get; init; } = 0.01;

    internal SelectionRule Rule => new()
    {
        Rate = Percent,
        RateOption = "percent",
        Range = Range,
        Coupling = Coupling,
        LayerKeep = LayerKeep,
    };
}
