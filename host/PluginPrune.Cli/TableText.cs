using Spectre.Console;

namespace PluginPrune.Cli;

/// <summary>Writes tables as plain lines: nothing to a line's right, no empty lines around, and the last one ends as others do.</summary>
internal static class TableText
{
    private const string Indent = "  ";

    /// <summary>Writes a table with the simple border.</summary>
    /// <param name="writer">Takes the lines.</param>
    /// <param name="table">The table.</param>
    /// <param name="width">Longer lines are wrapped.</param>
    public static void Write(TextWriter writer, Table table, int width)
    {
        using var drawn = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(drawn),
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        console.Write(table);
        foreach (string line in drawn.ToString().Split('\n').Select(static line => line.TrimEnd()).Where(static line => line.Length > 0))
        {
            // The rule is as wide as the border, which has no sides.
            bool isRule = line.AsSpan().IndexOfAnyExcept('─') < 0;
            writer.WriteLine(isRule && line.Length > 2 * Indent.Length ? Indent + line[(2 * Indent.Length)..] : line);
        }
    }
}
