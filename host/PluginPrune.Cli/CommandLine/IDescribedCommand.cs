using System.CommandLine;

namespace PluginPrune.Cli.CommandLine;

/// <summary>A command whose help says more than its options.</summary>
internal interface IDescribedCommand
{
    /// <summary>Options that stand under a title of their own.</summary>
    IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups { get; }

    /// <summary>Lists of names, such as the criteria that there are.</summary>
    IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists { get; }

    /// <summary>A command line that works.</summary>
    string? Example { get; }

    /// <summary>What to say of a word on the command line that the parser did not understand; null for nothing in particular.</summary>
    string? HintFor(string token) => null;
}
