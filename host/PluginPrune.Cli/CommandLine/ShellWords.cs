namespace PluginPrune.Cli.CommandLine;

/// <summary>Words of commands that are printed to be copied into a shell.</summary>
internal static class ShellWords
{
    /// <summary>The word, in single quotes where a shell would take it apart or read something into it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(static letter => char.IsLetterOrDigit(letter) || "-_./:=,+%@".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
