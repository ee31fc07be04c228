using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;

namespace PluginPrune.EvaluatorClassification;

/// <summary>Options of <see cref="ClassificationEvaluator"/>.</summary>
internal sealed class ClassificationOptions
{
    /// <summary>How many of the likeliest classes may hold the right one for the second figure.</summary>
    /// <value>The default is 5.</value>
    [Option("How many of the likeliest classes count for the second figure", Minimum = 2, Maximum = 100)]
    public int Top { get; init; } = 5;

    /// <summary>The most classes of which all confusions are shown.</summary>
    /// <value>The default is 20.</value>
    [Option("Most classes of which the whole table of confusions is shown; of more, the most frequent ones are", Minimum = 0)]
    public int MostConfused { get; init; } = 20;

    /// <summary>Whether every picture is listed.</summary>
    /// <value>The default is false.</value>
    [Option("List every picture with the class that it shows and the one it is taken for, counted from 0")]
    public bool ListPictures { get; init; }

    /// <summary>How pictures are fitted.</summary>
    [Option("How pictures are fitted [default: as the network asks]")]
    public ResizeMode? Resize { get; init; }

    /// <summary>How pixels are computed where pictures are resized.</summary>
    [Option("How pixels are computed where pictures are resized [default: as the network asks]")]
    public Interpolation? Interpolation { get; init; }

    /// <summary>How many pictures the engine takes at once.</summary>
    /// <value>The default is 32.</value>
    [Option("How many pictures the engine takes at once", Minimum = 1, Maximum = 4096)]
    public int Batch { get; init; } = 32;
}
