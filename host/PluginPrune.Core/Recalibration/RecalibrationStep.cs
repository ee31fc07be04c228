using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Recalibration;

/// <summary>Layers that can be fitted now, and where the network is then cut.</summary>
/// <param name="Layers">Those before which there is none left to fit.</param>
/// <param name="Frontier">What can be computed already and is read by what cannot: with it nothing before is needed any more.</param>
internal sealed record RecalibrationStep(IReadOnlyList<Node> Layers, IReadOnlyList<string> Frontier)
{
    /// <summary>What can be fitted to pictures: batch norms, and layers with a bias that none follows.</summary>
    public static IEnumerable<Node> LayersOf(Network network) => network.Nodes.Where(node => node.Operation switch
    {
        BatchNorm => true,
        Convolution { Bias: not null } or Linear { Bias: not null } => BatchNormPairs.NormOf(network, node) is null,
        _ => false,
    });

    /// <summary>What must be looked at for a layer: what a batch norm reads, and what any other layer makes.</summary>
    public static string SeenOf(Node layer) => layer.Operation is BatchNorm ? layer.Inputs[0] : layer.Id;

    /// <param name="network">The network.</param>
    /// <param name="pending">The layers that are not fitted yet; at least one.</param>
    public static RecalibrationStep Next(Network network, HashSet<string> pending)
    {
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var layers = new List<Node>();
        var frontier = new List<string>();
        foreach (Node node in network.Nodes)
        {
            bool waits = node.Inputs.Any(waiting.Contains);
            if (!waits && pending.Contains(node.Id))
            {
                layers.Add(node);
                waits = true;
            }

            if (waits)
            {
                waiting.Add(node.Id);
                frontier.AddRange(node.Inputs.Where(value => !waiting.Contains(value) && !frontier.Contains(value)));
            }
        }

        return new RecalibrationStep(layers, frontier);
    }
}
