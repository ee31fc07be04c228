using System.Globalization;
using PluginPrune.Core.Inspection;
using Spectre.Console;

namespace PluginPrune.Cli.Inspect;

/// <summary>What tables of inspections and explanations have in common.</summary>
internal static class Tables
{
    // Wide enough for every column in one line; a narrower screen wraps by itself.
    private const int Widest = 220;

    private const int Width = 132;

    /// <summary>Writes a table.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="table">The table.</param>
    /// <param name="isWide">Whether nothing is to be wrapped.</param>
    public static void Write(TextWriter writer, Table table, bool isWide = false) => TableText.Write(writer, table, isWide ? Widest : Width);

    /// <summary>A table; a title that begins with '>' stands over numbers.</summary>
    public static Table New(params IEnumerable<string> titles)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string title in titles)
        {
            table.AddColumn(title.StartsWith('>') ? new TableColumn(title[1..]).RightAligned().NoWrap() : new TableColumn(title));
        }

        return table;
    }

    /// <summary>Columns that stand in some tables alone.</summary>
    public static IEnumerable<string> If(bool isWanted, params IEnumerable<string> cells) => isWanted ? cells : [];

    /// <summary>Names come from files: none of them is markup.</summary>
    public static void Row(Table table, params IEnumerable<string> cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Number(double? number) => number is { } value ? value.ToString("G3", CultureInfo.InvariantCulture) : "-";

    /// <summary>For instance 'addition, depthwise'.</summary>
    public static string Ties(TieKinds ties) => ties == TieKinds.None ? "none" : string.Join(", ", new[]
    {
        (TieKinds.Addition, "addition"), (TieKinds.Depthwise, "depthwise"), (TieKinds.Multiplication, "multiply"),
        (TieKinds.LoneNorm, "concat norm"), (TieKinds.Shuffle, "shuffle"),
    }.Where(kind => ties.HasFlag(kind.Item1)).Select(static kind => kind.Item2));

    /// <summary>The first few layers, and how many more there are.</summary>
    public static string Layers(IReadOnlyList<string> layers, int most)
    {
        string[] shown = [.. layers.Take(most)];
        return string.Join(' ', shown) + (layers.Count > most ? Text($" and {layers.Count - most} more") : string.Empty);
    }
}
