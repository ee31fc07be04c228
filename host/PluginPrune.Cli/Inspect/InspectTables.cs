using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Inspection;
using Spectre.Console;

namespace PluginPrune.Cli.Inspect;

/// <summary>Shows an inspection to a person.</summary>
/// <param name="writer">Takes the text.</param>
internal sealed class InspectTables(TextWriter writer)
{
    private const int MostLayers = 14;

    public void Write(NetworkInspection inspection, bool isVerbose)
    {
        Summary(inspection);
        writer.WriteLine();
        Tables.Write(writer, Layers(inspection, isVerbose), isWide: true);
        writer.WriteLine(TextHistogram.Legend);
        Groups(inspection, isVerbose);
        Blocks(inspection);
    }

    public void Write(Forecast forecast, NetworkInspection inspection, string criterion, string? rateOption, string? kept)
    {
        writer.WriteLine();
        writer.WriteLine($"Forecast for {criterion}{(rateOption is null ? string.Empty : $", --{rateOption}")}{(kept is null ? string.Empty : $", keeping {kept}")}, channels alone:");
        if (!forecast.Rows.IsEmpty)
        {
            Table table = Tables.New(">percent", ">parameters left", ">", ">GFLOPs left", ">", ">score energy removed");
            foreach (ForecastRow row in forecast.Rows)
            {
                Tables.Row(
                    table,
                    Tables.Text($"{row.Rate:P0}"),
                    Tables.Text($"{row.Parameters:N0}"),
                    Tables.Text($"{(double)row.Parameters / inspection.Cost.Parameters:P1}"),
                    Tables.Text($"{row.Gflops:0.000}"),
                    Tables.Text($"{(inspection.Cost.Gflops == 0 ? 1 : row.Gflops / inspection.Cost.Gflops):P1}"),
                    row.Energy is { } energy ? Tables.Text($"{energy:P2}") : "-");
            }

            Tables.Write(writer, table);
        }

        writer.WriteLine(forecast.Verdict);
        if (forecast.IsSparse && rateOption is not null)
        {
            writer.WriteLine(Tables.Text($"Try: host prune with the same --model, --criterion {criterion} --{rateOption} {forecast.SafeRate:0.###}{(kept is null ? string.Empty : $" --keep {ShellWords.Quote(kept)}")}"));
        }
    }

    private void Summary(NetworkInspection inspection)
    {
        Network network = inspection.Network;
        writer.WriteLine(Tables.Text($"{network.Name}: {inspection.Cost.Parameters:N0} parameters, {inspection.Cost.Gflops:0.000} GFLOPs, {inspection.Cost.Bytes * 1e-6:0.00} MB of weights"));
        writer.WriteLine(Tables.Text($"  {Counts.Of(inspection.Layers.Length, "layer")}, {Counts.Of(network.Heads.Length, "head")}, {Counts.Of(inspection.Groups.Length, "channel group")} of {inspection.Groups.Sum(static group => group.Group.Size):N0} channels, {Counts.Of(inspection.Blocks.Length, "residual block")}, {Counts.Of(inspection.OpaqueNodes.Length, "opaque node")}"));
        if (inspection.After is { } after)
        {
            writer.WriteLine(Tables.Text($"  the plan keeps {after.Parameters:N0} parameters ({(double)after.Parameters / inspection.Cost.Parameters:P1}), {after.Gflops:0.000} GFLOPs ({after.Gflops / inspection.Cost.Gflops:P1})"));
        }

        foreach (Node node in inspection.OpaqueNodes)
        {
            writer.WriteLine($"  unknown and kept as it is: {node}");
        }

        foreach (LockCount count in inspection.Locks)
        {
            writer.WriteLine(Tables.Text($"  locked: {count.Channels} channels in {count.Groups} {(count.Groups == 1 ? "group" : "groups")}: {count.Reason}"));
        }
    }

    private static Table Layers(NetworkInspection inspection, bool isVerbose)
    {
        bool hasPlan = inspection.Plan is not null;
        Table table = Tables.New(
        [
            "layer", "kind", ">output", .. Tables.If(hasPlan, ">kept"), ">parameters", ">MFLOPs", "group", "locked",
            .. Tables.If(isVerbose, ">least", ">1st quartile"), ">median", .. Tables.If(isVerbose, ">3rd quartile", ">largest"), ">< 0.001", ">< 0.01", "gammas",
        ]);
        foreach (LayerInspection layer in inspection.Layers)
        {
            GammaProfile? gammas = layer.Gammas;
            Tables.Row(
                table,
                [
                    layer.Layer,
                    layer.Kind,
                    layer.Output.ToString(),
                    .. Tables.If(hasPlan, Kept(layer)),
                    Tables.Text($"{layer.Parameters:N0}"),
                    Tables.Text($"{layer.MultiplyAdds * 2e-6:0.0}"),
                    Group(layer),
                    Locked(layer),
                    .. Tables.If(isVerbose, Tables.Number(gammas?.Quantile(0)), Tables.Number(gammas?.Quantile(0.25))),
                    Tables.Number(gammas?.Median),
                    .. Tables.If(isVerbose, Tables.Number(gammas?.Quantile(0.75)), Tables.Number(gammas?.Quantile(1))),
                    gammas is null ? "-" : Tables.Text($"{gammas.ShareBelow(1e-3):P0}"),
                    gammas is null ? "-" : Tables.Text($"{gammas.ShareBelow(1e-2):P0}"),
                    gammas is null ? string.Empty : TextHistogram.Of(gammas),
                ]);
        }

        return table;
    }

    private static string Kept(LayerInspection layer) => layer.After switch
    {
        { IsRemoved: true } => "removed",
        { } after => Tables.Text($"{after.Channels}"),
        _ => string.Empty,
    };

    private static string Group(LayerInspection layer) => layer.Groups.Length switch
    {
        0 => "-",
        <= 3 => string.Join(' ', layer.Groups.Select(static group => Tables.Text($"{group}"))),
        _ => Tables.Text($"{layer.Groups[0]} and {layer.Groups.Length - 1} more"),
    };

    private static string Locked(LayerInspection layer) =>
        layer.LockedChannels == 0 ? string.Empty : layer.IsLocked ? "all" : Tables.Text($"{layer.LockedChannels}");

    private void Groups(NetworkInspection inspection, bool isVerbose)
    {
        bool hasPlan = inspection.Plan is not null;
        GroupInspection[] shown = [.. inspection.Groups.Where(group => isVerbose || group.Ties != TieKinds.None || group.Group.Members.Length > 1)];
        writer.WriteLine();
        writer.WriteLine(Tables.Text($"Channel groups: {inspection.Groups.Length}, of which {inspection.Groups.Count(static group => group.Group.Members.Length > 1)} tie several layers{(isVerbose || shown.Length == inspection.Groups.Length ? string.Empty : "; --verbose shows those of one layer too")}"));
        if (shown.Length == 0)
        {
            return;
        }

        Table table = Tables.New([">group", ">channels", .. Tables.If(hasPlan, ">kept"), "tied by", "layers", ">locked", "by"]);
        foreach (GroupInspection group in shown)
        {
            Tables.Row(
                table,
                [
                    Tables.Text($"{group.Group.Index}"),
                    Tables.Text($"{group.Group.Size}"),
                    .. Tables.If(hasPlan, Tables.Text($"{group.Kept}")),
                    Tables.Ties(group.Ties),
                    Tables.Layers(group.Layers, MostLayers),
                    group.Locked == 0 ? string.Empty : Tables.Text($"{group.Locked}"),
                    string.Join("; ", group.Locks.Select(static reason => reason.Reason)),
                ]);
        }

        Tables.Write(writer, table);
    }

    private void Blocks(NetworkInspection inspection)
    {
        BlockInspection[] free = [.. inspection.Blocks.Where(static block => !block.IsKept)];
        if (free.Length == 0)
        {
            return;
        }

        bool hasPlan = inspection.Plan is not null;
        writer.WriteLine();
        writer.WriteLine("Residual blocks that can be removed whole (--blocks):");
        Table table = Tables.New(["addition", "branch", ">parameters", ">MFLOPs", ">mean gamma", .. Tables.If(hasPlan, "plan")]);
        foreach (BlockInspection block in free)
        {
            Tables.Row(
                table,
                [
                    block.Layer,
                    Tables.Layers(block.Layers, MostLayers),
                    Tables.Text($"{block.Parameters:N0}"),
                    Tables.Text($"{block.MultiplyAdds * 2e-6:0.0}"),
                    Tables.Number(block.MeanGamma),
                    .. Tables.If(hasPlan, block.IsRemoved ? "removed" : "stays"),
                ]);
        }

        Tables.Write(writer, table);
    }
}
