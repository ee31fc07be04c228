namespace PluginPrune.Cli.CommandLine;

/// <summary>A command that uses contributions of plugins.</summary>
internal interface IContributionCommand
{
    /// <summary>Those that its line names or may need.</summary>
    ContributionSet Contributions { get; }
}
