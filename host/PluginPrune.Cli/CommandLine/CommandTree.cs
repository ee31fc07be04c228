using System.CommandLine;
using PluginPrune.Cli.Convert;
using PluginPrune.Cli.Explain;
using PluginPrune.Cli.Inspect;
using PluginPrune.Cli.Plan;
using PluginPrune.Cli.Plugins;
using PluginPrune.Cli.Prune;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>All commands. Manifests are read only for the command that was named and needs them.</summary>
internal static class CommandTree
{
    public static RootCommand Build(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Makes trained convolutional networks smaller and faster, and proves it.");
        common.AddTo(root);
        terminal.IsQuiet = args.Contains("--quiet") || args.Contains("-q");
        var plugins = new Lazy<PluginHost>(() => PluginHost.Open(ArgumentScan.ValuesOf(args, common.Plugins.Name).Where(static folder => !string.IsNullOrWhiteSpace(folder))));

        string? named = ArgumentScan.CommandOf(args, common.Plugins.Name);
        root.Add(named == PruneCommand.CommandName
            ? new PruneCommand(args, WithWarnings(plugins.Value, terminal), common, terminal, cancellationToken)
            : new Command(PruneCommand.CommandName, PruneCommand.Summary));
        root.Add(named == InspectCommand.CommandName
            ? new InspectCommand(args, WithWarnings(plugins.Value, terminal), common, terminal, cancellationToken)
            : new Command(InspectCommand.CommandName, InspectCommand.Summary));
        root.Add(named == ExplainCommand.CommandName
            ? new ExplainCommand(args, WithWarnings(plugins.Value, terminal), common, terminal, cancellationToken)
            : new Command(ExplainCommand.CommandName, ExplainCommand.Summary));
        root.Add(named == ConvertCommand.CommandName
            ? new ConvertCommand(args, WithWarnings(plugins.Value, terminal), common, terminal, cancellationToken)
            : new Command(ConvertCommand.CommandName, ConvertCommand.Summary));
        root.Add(new Command("plugin", "Shows what plugins there are and what is wrong with them")
        {
            new PluginListCommand(plugins, common, terminal),
            new PluginDoctorCommand(plugins, common, terminal),
        });
        root.Add(new PlanCommand(common, terminal));
        return root;
    }

    // A folder of --plugins that is not there must not be passed over in silence.
    private static PluginHost WithWarnings(PluginHost plugins, Terminal terminal)
    {
        foreach (PluginDiagnostic diagnostic in plugins.Catalog.Diagnostics)
        {
            terminal.Warn(diagnostic.ToString());
        }

        return plugins;
    }
}
