namespace PluginPrune.FormatDarknet.Text;

/// <summary>A fault in a cfg file. The format turns it into an input exception with the file's path.</summary>
/// <param name="line">The 1-based line, or null for the file as a whole.</param>
/// <param name="problem">What was found, what was wanted, what to do.</param>
internal sealed class CfgException(int? line, string problem) : Exception(problem)
{
    public int? Line { get; } = line;
}
