using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Data;

/// <summary>`host data`: datasets by themselves.</summary>
internal static class DataCommand
{
    public const string CommandName = "data";

    public const string Summary = "Looks at labelled pictures: what there is and what is wrong with them";

    /// <summary>The command, with its options where it is the one that was named.</summary>
    public static Command Make(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken) =>
        new(CommandName, Summary) { new DataCheckCommand(args, plugins, common, terminal, cancellationToken) };
}
