using System.Collections.Immutable;
using PluginPrune.Cli.Inspect;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plans;

namespace PluginPrune.Cli.Explain;

/// <summary>Tells a person about a layer.</summary>
/// <param name="writer">Takes the text.</param>
internal sealed class ExplainText(TextWriter writer)
{
    private const int Width = 118;

    public void Write(LayerExplanation explanation, NetworkInspection inspection, ImmutableSortedDictionary<string, string>? made)
    {
        About(explanation, inspection);
        Groups(explanation);
        Constraints(explanation);
        Blocks(explanation);
        Gammas(explanation);
        if (explanation.Plan is { } plan)
        {
            Plan(plan, explanation, made!);
        }
    }

    private static string Share(double part, double whole) => Tables.Text($"{(whole == 0 ? 0 : part / whole):P1}");

    private static string Channels(ChannelNote note) => Tables.Text($"{note.Count} {(note.Count == 1 ? "channel" : "channels")} ({note.Channels})");

    private static string JoinOr(IReadOnlyCollection<string> names, string otherwise) => names.Count == 0 ? otherwise : string.Join(", ", names);

    private void About(LayerExplanation explanation, NetworkInspection inspection)
    {
        LayerInspection layer = explanation.Layer;
        writer.WriteLine(Tables.Text($"Layer {layer.Layer} [{layer.Kind}] of {inspection.Network.Name}{(layer.Line is { } line ? Tables.Text($", line {line}") : string.Empty)}"));
        foreach (Node node in explanation.Nodes)
        {
            Line("  ", $"{node.Id}: {node.Operation.Name} of {string.Join(", ", node.Inputs)}");
        }

        Line("  ", $"reads {JoinOr(layer.Inputs, "nothing")}; read by {JoinOr(explanation.Readers, "nothing: an output of the network")}");
        writer.WriteLine($"  output {layer.Output}");
        if (layer.Role != LayerRole.Head)
        {
            writer.WriteLine(Tables.Text($"  {layer.Parameters:N0} parameters ({Share(layer.Parameters, inspection.Cost.Parameters)} of the network), {layer.MultiplyAdds * 2e-6:0.0} MFLOPs ({Share(layer.MultiplyAdds * 2e-9, inspection.Cost.Gflops)})"));
        }
    }

    private void Groups(LayerExplanation explanation)
    {
        writer.WriteLine();
        if (explanation.FixedChannels > 0)
        {
            writer.WriteLine(Tables.Text($"{explanation.FixedChannels} of the channels of {explanation.Value} are made by no layer that could be cut; they stay."));
        }

        foreach (GroupExplanation group in explanation.Groups)
        {
            GroupInspection about = group.Group;
            string share = group.Channels == about.Group.Size ? string.Empty : Tables.Text($" ({group.Channels} of them channels of {explanation.Value})");
            writer.WriteLine(Tables.Text($"Channel group {about.Group.Index}: {about.Group.Size} channels{share}, tied by: {Tables.Ties(about.Ties)}"));
            foreach (MemberExplanation member in group.Members)
            {
                string role = member.Member.IsProducer ? "makes them" : "hands them on";
                Line("  ", $"{member.Member.Layer.Id} {role}{(member.Path is { } path ? $": {path}" : string.Empty)}");
            }
        }
    }

    private void Constraints(LayerExplanation explanation)
    {
        foreach (EqualParts constraint in explanation.Constraints)
        {
            Line(string.Empty, Tables.Text($"Equal parts: the {constraint.Parts} parts of {constraint.Value} must keep equally many channels, because of {constraint.Because}"));
        }

        foreach (ChannelNote note in explanation.Locks)
        {
            Line(string.Empty, $"Locked: {Channels(note)}: {note.Reason}");
        }

        if (explanation.Locks.IsEmpty)
        {
            writer.WriteLine("Locked: nothing");
        }
    }

    private void Blocks(LayerExplanation explanation)
    {
        foreach (BlockInspection block in explanation.Blocks)
        {
            string role = block.Layer == explanation.Layer.Layer ? "it is the addition" : "it is in the branch";
            Line(string.Empty, Tables.Text($"Residual block of addition {block.Layer} ({role}): branch {string.Join(' ', block.Layers)}, {block.Parameters:N0} parameters, mean gamma {Tables.Number(block.MeanGamma)}"));
        }
    }

    private void Gammas(LayerExplanation explanation)
    {
        if (explanation.Layer.Gammas is not { } gammas)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(Tables.Text($"Gammas: {gammas.Count}, mean {gammas.Mean:G3}, {gammas.ShareBelow(1e-3):P1} below 0.001, {gammas.ShareBelow(1e-2):P1} below 0.01"));
        writer.WriteLine($"  quantiles: {string.Join(", ", new[] { 0, 0.1, 0.25, 0.5, 0.75, 0.9, 1 }.Select(share => Tables.Text($"{share:P0} {gammas.Quantile(share):G3}")))}");
        int most = gammas.Histogram.Max();
        for (int bin = 0; bin < gammas.Histogram.Length; bin++)
        {
            string label = bin == 0 ? Tables.Text($"      .. {GammaProfile.BinEdges[0]:0.0000}")
                : bin < GammaProfile.BinEdges.Length ? Tables.Text($"{GammaProfile.BinEdges[bin - 1]:0.0000} .. {GammaProfile.BinEdges[bin]:0.0000}")
                : Tables.Text($"{GammaProfile.BinEdges[^1]:0.0000} ..       ");
            int count = gammas.Histogram[bin];
            int length = count == 0 ? 0 : Math.Max(1, (int)Math.Round(40.0 * count / most));
            writer.WriteLine(Tables.Text($"  {label} {count,6} {new string('█', length)}").TrimEnd());
        }
    }

    private void Plan(PlannedChannels plan, LayerExplanation explanation, ImmutableSortedDictionary<string, string> made)
    {
        writer.WriteLine();
        Line(string.Empty, made.IsEmpty ? "The plan:" : $"The plan, {MadeLabel.Of(made)}:");
        if (plan.RemovedWith is { } block)
        {
            writer.WriteLine($"  removes the layer: it goes with the residual block of addition {block}");
            return;
        }

        writer.WriteLine(Tables.Text($"  keeps {plan.KeptCount} of {plan.KeptCount + plan.DroppedCount} channels of {explanation.Value}"));
        foreach (ChannelNote note in plan.WhyDropped)
        {
            Line("  dropped ", $"{Channels(note)}: {note.Reason}");
        }

        foreach (ChannelNote note in plan.WhyKept)
        {
            Line("  kept ", $"{Channels(note)}: {note.Reason}");
        }

        writer.WriteLine("  A plan holds no scores: the reasons are worked out from gammas.");
        if (!explanation.Notes.IsEmpty)
        {
            writer.WriteLine("  How that came about:");
        }

        foreach (PlannedNote note in explanation.Notes)
        {
            Line("    ", note.Text);
            if (note.Curves is [{ X.Length: > 0 } curve, ..])
            {
                Line("    ", $"{curve.YName} by {curve.XName}: {string.Join(", ", curve.X.Zip(curve.Y, static (x, y) => Tables.Text($"{x:G6}: {y:G3}")))}");
            }
        }
    }

    /// <summary>A line that goes on below where it is too long. What comes from files says nothing to the terminal.</summary>
    private void Line(string lead, string text)
    {
        string line = lead;
        string indent = new(' ', lead.TakeWhile(static sign => sign == ' ').Count() + 4);
        string clean = string.Concat(text.Select(static letter => char.IsControl(letter) ? '?' : letter));
        foreach (string word in clean.Split(' '))
        {
            if (line.Length + word.Length > Width && line.Trim().Length > 0)
            {
                writer.WriteLine(line.TrimEnd());
                line = indent;
            }

            line += word + " ";
        }

        writer.WriteLine(line.TrimEnd());
    }
}
