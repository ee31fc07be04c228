using PluginPrune.Contracts.Options;

namespace PluginPrune.HeadClassify;

/// <summary>How <see cref="ClassifyHead"/> is trained.</summary>
public sealed class ClassifyOptions
{
    /// <summary>Label smoothing s (Szegedy et al. 2016, section 7): the class that is right is learnt as 1 - s + s / K, each of the K classes beside it as s / K.</summary>
    /// <value>The default is 0.</value>
    [Option("Label smoothing s: classes are learnt as 1 - s + s / K and s / K instead of 1 and 0", Minimum = 0, Maximum = 0.99)]
    public double Smoothing { get; init; }
}
