using System.Text;

namespace PluginPrune.Core.Recipes;

/// <summary>The table that a recipe ends with, as Markdown.</summary>
public static class ResultMarkdown
{
    /// <summary>Writes results.md.</summary>
    /// <param name="stream">Takes the text; it stays open.</param>
    /// <param name="title">What stands above the table.</param>
    /// <param name="table">The table.</param>
    /// <param name="notes">What stands below it, a paragraph each.</param>
    public static void Write(Stream stream, string title, ResultTable table, IEnumerable<string> notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"# {title}");
        writer.WriteLine();
        string[] titles = [.. ResultCells.Titles(table)];
        writer.WriteLine(Line(titles));
        writer.WriteLine(Line(titles.Select(static (_, column) => column == 0 ? "---" : "---:")));
        foreach (ResultRow row in table.Rows)
        {
            writer.WriteLine(Line(ResultCells.Of(table, row)));
        }

        foreach (string note in notes)
        {
            writer.WriteLine();
            writer.WriteLine(note);
        }
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
