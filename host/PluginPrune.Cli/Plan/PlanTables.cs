using System.Globalization;
using PluginPrune.Core.Plans;
using Spectre.Console;

namespace PluginPrune.Cli.Plan;

/// <summary>Shows plans, and what differs between them, to a person.</summary>
/// <param name="writer">Takes the text.</param>
internal sealed class PlanTables(TextWriter writer)
{
    private const int Width = 120;

    /// <summary>More layers or longer lists are cut; `--json` has all.</summary>
    private const int MaximumLayers = 4;
    private const int MaximumList = 30;

    private bool _isBelowTable;

    /// <summary>What `host prune --dry-run` would do: every group where it is verbose, else their number.</summary>
    public void DryRun(PlanDocument document, bool isVerbose)
    {
        PlanContents plan = PlanContents.Of(document);
        if (isVerbose)
        {
            Write(Groups(plan));
            Notes(document);
        }

        int cut = plan.Groups.Count(static group => group.Kept < group.Group.Channels);
        WriteLine(Format(
            $"Plan: {plan.Channels - plan.Kept:N0} of {plan.Channels:N0} channels go, tied ones counted once; {cut} of {plan.Groups.Length} groups lose some{(isVerbose ? "." : "; --verbose shows them.")}"));
    }

    /// <summary>`host plan show`.</summary>
    public void Show(PlanContents plan)
    {
        PlanDocument document = plan.Document;
        WriteLine($"Plan for {document.Network}, {document.Architecture}");
        foreach ((string name, string value) in document.Made)
        {
            WriteLine($"  {name}: {value}");
        }

        if (!document.RemovedBlocks.IsEmpty)
        {
            Write(Blocks(document));
        }

        Write(Groups(plan));
        Notes(document);

        WriteLine(Format(
            $"Kept: {plan.Kept:N0} of {plan.Channels:N0} channels ({Share(plan.Kept, plan.Channels)}), tied ones counted once, in {Count(plan.Groups.Length, "group")}; {Count(document.RemovedBlocks.Length, "block")} removed."));
    }

    /// <summary>`host plan diff`.</summary>
    public void Diff(PlanDifference difference)
    {
        WriteLine($"A: {difference.First.Document.File}");
        WriteLine($"B: {difference.Second.Document.File}");
        if (!difference.Made.IsEmpty)
        {
            Table made = NewTable("made by", "A", "B");
            foreach (MadeDifference setting in difference.Made)
            {
                AddRow(made, setting.Name, setting.First ?? "-", setting.Second ?? "-");
            }

            Write(made);
        }

        WriteBlocks("A", difference.BlocksOnlyInFirst);
        WriteBlocks("B", difference.BlocksOnlyInSecond);
        if (!difference.Groups.IsEmpty)
        {
            Table groups = NewTable("group", "layers", ">channels", ">kept by A", ">by B", "only in A", "only in B");
            foreach (GroupDifference group in difference.Groups)
            {
                AddRow(
                    groups,
                    group.Group.Name,
                    Layers(group.Group),
                    Format($"{group.Group.Channels}"),
                    Kept(group.First),
                    Kept(group.Second),
                    Shorten(group.OnlyInFirst),
                    Shorten(group.OnlyInSecond));
            }

            Write(groups);
        }

        WriteLine(
            difference.CutsTheSame
                ? difference.Made.IsEmpty ? "The plans are equal." : "The plans were made differently and cut the same."
                : Format($"{(difference.Groups.IsEmpty ? "Blocks differ, and no channels beside them" : $"Channels of {Count(difference.Groups.Length, "group")} differ")}. A keeps {Total(difference.First)}, B {Total(difference.Second)}."));
    }

    private static Table Groups(PlanContents plan)
    {
        Table table = NewTable("group", "layers", ">channels", ">kept", ">share", "tie");
        foreach (KeptChannels group in plan.Groups)
        {
            AddRow(
                table,
                group.Group.Name,
                Layers(group.Group),
                Format($"{group.Group.Channels}"),
                Kept(group),
                Share(group.Kept, group.Group.Channels),
                group.Group.Note ?? string.Empty);
        }

        return table;
    }

    /// <summary>What the criterion said, layer by layer.</summary>
    private void Notes(PlanDocument plan)
    {
        foreach (PlannedNote note in plan.Notes)
        {
            WriteLine($"{note.Layer}: {note.Text}");
        }
    }

    private static Table Blocks(PlanDocument plan)
    {
        Table table = NewTable("block removed", "layers", ">score");
        foreach (PlannedBlock block in plan.RemovedBlocks)
        {
            AddRow(table, block.Junction, string.Join(' ', block.Layers), block.Score is { } score ? Format($"{score:0.####}") : string.Empty);
        }

        return table;
    }

    private void WriteBlocks(string plan, IReadOnlyCollection<PlannedBlock> blocks)
    {
        if (blocks.Count > 0)
        {
            WriteLine($"Blocks that only {plan} removes: {string.Join(", ", blocks.Select(static block => block.Junction))}");
        }
    }

    private static string Total(PlanContents plan) =>
        Format($"{plan.Kept:N0} of {plan.Channels:N0} channels ({Share(plan.Kept, plan.Channels)}) and removes {Count(plan.Document.RemovedBlocks.Length, "block")}");

    private static string Layers(PlannedGroup group) => group.Layers.Length <= MaximumLayers
        ? string.Join(' ', group.Layers)
        : Format($"{string.Join(' ', group.Layers.Take(MaximumLayers - 1))} ... {group.Layers[^1]} ({group.Layers.Length})");

    private static string Kept(KeptChannels? group) => group is null ? "gone"
        : group.Constants.Contains(true) ? Format($"{group.Kept}, constant {group.Group.Constant}")
        : Format($"{group.Kept}");

    private static string Count(int number, string what) => Format($"{number:N0} {what}{(number == 1 ? string.Empty : "s")}");

    private static string Share(int part, int whole) => Format($"{(double)part / Math.Max(1, whole):P1}");

    private static string Shorten(string? list) => list switch
    {
        null or "" => "-",
        { Length: > MaximumList } => list[..list.LastIndexOf(' ', MaximumList)] + " ...",
        _ => list,
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="titles">Of the columns; '>' before one aligns it right.</param>
    private static Table NewTable(params string[] titles)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string title in titles)
        {
            var column = new TableColumn(title.TrimStart('>'));
            table.AddColumn(title[0] == '>' ? column.RightAligned() : column);
        }

        return table;
    }

    /// <summary>What comes from a file is text, never markup, and says nothing to the terminal.</summary>
    private static void AddRow(Table table, params string[] cells) =>
        table.AddRow(cells.Select(static cell => new Text(Clean(cell))));

    private static string Clean(string text) => string.Concat(text.Select(static letter => char.IsControl(letter) ? '?' : letter));

    private void WriteLine(string text)
    {
        if (_isBelowTable)
        {
            writer.WriteLine();
            _isBelowTable = false;
        }

        writer.WriteLine(Clean(text));
    }

    private void Write(Table table)
    {
        writer.WriteLine();
        TableText.Write(writer, table, Width);
        _isBelowTable = true;
    }
}
