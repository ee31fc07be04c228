using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Recalibration;

/// <summary>Batch norms that can be re-estimated now, and where the network is then cut.</summary>
/// <param name="Norms">Those before which there is none left to re-estimate.</param>
/// <param name="Frontier">What can be computed already and is read by what cannot: with it nothing before is needed any more.</param>
internal sealed record RecalibrationStep(IReadOnlyList<Node> Norms, IReadOnlyList<string> Frontier)
{
    /// <param name="network">The network.</param>
    /// <param name="pending">The batch norms that are not re-estimated yet; at least one.</param>
    public static RecalibrationStep Next(Network network, HashSet<string> pending)
    {
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var norms = new List<Node>();
        var frontier = new List<string>();
        foreach (Node node in network.Nodes)
        {
            bool waits = node.Inputs.Any(waiting.Contains);
            if (!waits && pending.Contains(node.Id))
            {
                norms.Add(node);
                waits = true;
            }

            if (waits)
            {
                waiting.Add(node.Id);
                frontier.AddRange(node.Inputs.Where(value => !waiting.Contains(value) && !frontier.Contains(value)));
            }
        }

        return new RecalibrationStep(norms, frontier);
    }
}
