using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>Looks, before a training, whether the anchors of a network whose levels have lists of their own fit what it is to learn: what they do not reach is not learned.</summary>
/// <param name="terminal">Takes what is found.</param>
internal sealed class AnchorNote(Terminal terminal)
{
    // Below it YOLOv5 looks for other anchors by itself.
    private const double Least = 0.98;

    /// <summary>Tells the best possible recall.</summary>
    /// <param name="network">The network.</param>
    /// <param name="model">Its file.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public void Write(Network network, string model, LoadedDataset data, CancellationToken cancellationToken)
    {
        if (!AnchoredHeads.HaveOwnLists(network))
        {
            return;
        }

        ImmutableArray<BoxSize> boxes = BoxSizes.Of(data, network.Inputs[0], cancellationToken);
        if (boxes.IsEmpty)
        {
            return;
        }

        var fit = AnchorFit.Of(boxes, AnchoredHeads.Of(network, model).Current);
        string found = string.Create(CultureInfo.InvariantCulture, $"Anchors reach {fit.SideRecall:P2} of the {boxes.Length} objects (best possible recall, sides within a factor of 4)");
        if (fit.SideRecall < Least)
        {
            terminal.Warn($"{found}: the others cannot be learned. 'host anchors --model {model} --data {data.Request.Choice.Name} --out DIR' finds better ones and writes them into the checkpoint.");
        }
        else
        {
            terminal.Note($"{found}.");
        }
    }
}
