using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Training;

/// <summary>
/// The moving average of a network that is trained sparse. A scale that a soft threshold holds at 0 is 0 in what is trained, while
/// the average still remembers what it was: averaging takes the very zeros away that the threshold is there for. So the scales as
/// they are decide which channels are alive, and the average what these are worth.
/// </summary>
/// <remarks>
/// A threshold on the average itself would be one more number to choose, and would also take scales that are small and matter. A
/// scale that has only just come back from 0 keeps what the average knows of it; one that has only just arrived was small
/// in the steps before, since it moves by no more than a threshold at each.
/// </remarks>
internal static class AveragedNetwork
{
    /// <summary>The average with the zeros of what is trained.</summary>
    /// <param name="averaged">The average.</param>
    /// <param name="current">What is trained; of the same architecture.</param>
    /// <param name="batchNorms">The nodes whose scales are pulled towards 0.</param>
    public static Network WithZeros(Network averaged, Network current, IEnumerable<string> batchNorms)
    {
        var pulled = batchNorms.ToHashSet(StringComparer.Ordinal);
        return averaged.With(averaged.Nodes.Select(node => pulled.Contains(node.Id) ? WithZeros(node, (BatchNorm)current[node.Id].Operation) : node), averaged.Heads);
    }

    private static Node WithZeros(Node node, BatchNorm current)
    {
        var norm = (BatchNorm)node.Operation;
        ReadOnlySpan<float> decides = current.Gamma.Floats;
        if (!decides.Contains(0f))
        {
            return node;
        }

        float[] scales = norm.Gamma.Floats.ToArray();
        for (int i = 0; i < scales.Length; i++)
        {
            scales[i] = decides[i] == 0 ? 0 : scales[i];
        }

        return node with { Operation = norm with { Gamma = norm.Gamma.WithFloats(scales) } };
    }
}
