using System.Collections.Immutable;

namespace PluginPrune.Cli.Run;

/// <summary>An option of a recipe as it would stand on a command line.</summary>
/// <param name="Name">What no other option of the step is called: '--epochs', or '--set yolo.box'.</param>
/// <param name="Words">The words of the command line.</param>
/// <param name="Line">Where it stands in the file, from 1.</param>
internal sealed record OptionLine(string Name, ImmutableArray<string> Words, int Line)
{
    /// <summary>Its only value; null for a switch.</summary>
    public string? Value => Words.Length > 1 ? Words[1] : null;
}
