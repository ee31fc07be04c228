using System.Collections.Immutable;
using PluginPrune.Cli.Inspect;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Training;
using Spectre.Console;

namespace PluginPrune.Cli.Anchors;

/// <summary>What `host anchors` prints for people.</summary>
/// <param name="writer">Takes it.</param>
internal sealed class AnchorsText(TextWriter writer)
{
    public void Write(AnchorProposal proposal, Network network, LoadedDataset dataset, string? written)
    {
        Shape input = network.Inputs[0].Shape;
        writer.WriteLine(Tables.Text($"{network.Name} at {input.Width} x {input.Height}, {dataset.Dataset.Name}, '{dataset.Split}': {proposal.Boxes:N0} objects"));
        Table table = Tables.New([string.Empty, ">anchors", ">mean IoU", .. AnchorFit.Limits.Select(static limit => Tables.Text($">recall at {limit}")), ">sides within 4"]);
        AddRow("now", proposal.Current, proposal.Before);
        AddRow("found", proposal.Found, proposal.After);
        Tables.Write(writer, table);
        writer.WriteLine($"now   {ListOf(proposal.Current)}");
        writer.WriteLine($"found {ListOf(proposal.Found)}");
        if (written is not null)
        {
            writer.WriteLine(proposal.IsBetter
                ? $"Written to {written}; weights that were trained with other anchors have to be trained anew."
                : $"Written to {written} with the anchors that the network has: they fit no worse.");
        }

        void AddRow(string name, ImmutableArray<BoxSize> anchors, AnchorFit fit) => Tables.Row(
            table,
            [name, Tables.Text($"{anchors.Length}"), Tables.Text($"{fit.MeanIou:0.0000}"), .. fit.Recalls.Append(fit.SideRecall).Select(static recall => Tables.Text($"{recall:P2}"))]);
    }

    // As a .cfg has them, to be copied.
    private static string ListOf(ImmutableArray<BoxSize> anchors) => string.Join(", ", anchors.Select(static anchor => Tables.Text($"{anchor.Width:0.##},{anchor.Height:0.##}")));
}
