using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Reconstruction;

/// <summary>
/// The value that a layer's outputs are added to, with nothing but a batch norm between: what that has lost before, the layer
/// can bring back.
/// </summary>
/// <param name="Shortcut">The value.</param>
/// <param name="Scale">What the outputs are multiplied with before the addition, channel by channel; null for 1.</param>
internal sealed record Junction(string Shortcut, double[]? Scale)
{
    /// <summary>The largest of <see cref="Scale"/>, without its sign.</summary>
    public double Largest { get; } = Scale?.Max(Math.Abs) ?? 1;

    /// <summary>Finds it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">A layer of it.</param>
    /// <returns>Null where the outputs go elsewhere too, or are not added to one value.</returns>
    public static Junction? Of(Network network, Node layer)
    {
        Node? norm = BatchNormPairs.NormOf(network, layer);
        string branch = norm?.Id ?? layer.Id;
        if (network.ConsumersOf(branch) is not [{ Operation: Add, Inputs: [var first, var second] }] || first == second || network.Heads.Any(head => head.Input == branch))
        {
            return null;
        }

        return new Junction(first == branch ? second : first, norm?.Operation is BatchNorm { Gamma: var gamma, Variance: var variance, Epsilon: var epsilon }
            ? [.. gamma.Floats.ToArray().Zip(variance.Floats.ToArray(), (scale, spread) => scale / Math.Sqrt(spread + epsilon))]
            : null);
    }
}
