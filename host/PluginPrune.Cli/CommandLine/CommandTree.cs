using System.CommandLine;
using PluginPrune.Cli.Anchors;
using PluginPrune.Cli.Bench;
using PluginPrune.Cli.Convert;
using PluginPrune.Cli.Data;
using PluginPrune.Cli.Detect;
using PluginPrune.Cli.Eval;
using PluginPrune.Cli.Explain;
using PluginPrune.Cli.Inspect;
using PluginPrune.Cli.Plan;
using PluginPrune.Cli.Plugins;
using PluginPrune.Cli.Prune;
using PluginPrune.Cli.Run;
using PluginPrune.Cli.Sensitivity;
using PluginPrune.Cli.Train;
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
        Add(PruneCommand.CommandName, PruneCommand.Summary, host => new PruneCommand(args, host, common, terminal, cancellationToken));
        Add(TrainCommand.CommandName, TrainCommand.Summary, host => new TrainCommand(args, host, common, terminal, cancellationToken));
        Add(EvalCommand.CommandName, EvalCommand.Summary, host => new EvalCommand(args, host, common, terminal, cancellationToken));
        Add(BenchCommand.CommandName, BenchCommand.Summary, host => new BenchCommand(args, host, common, terminal, cancellationToken));
        Add(DetectCommand.CommandName, DetectCommand.Summary, host => new DetectCommand(args, host, common, terminal, cancellationToken));
        Add(InspectCommand.CommandName, InspectCommand.Summary, host => new InspectCommand(args, host, common, terminal, cancellationToken));
        Add(ExplainCommand.CommandName, ExplainCommand.Summary, host => new ExplainCommand(args, host, common, terminal, cancellationToken));
        Add(SensitivityCommand.CommandName, SensitivityCommand.Summary, host => new SensitivityCommand(args, host, common, terminal, cancellationToken));
        Add(ConvertCommand.CommandName, ConvertCommand.Summary, host => new ConvertCommand(args, host, common, terminal, cancellationToken));
        Add(DataCommand.CommandName, DataCommand.Summary, host => DataCommand.Make(args, host, common, terminal, cancellationToken));
        Add(AnchorsCommand.CommandName, AnchorsCommand.Summary, host => new AnchorsCommand(args, host, common, terminal, cancellationToken));
        root.Add(new Command("plugin", "Shows what plugins there are and what is wrong with them")
        {
            new PluginListCommand(plugins, common, terminal),
            new PluginDoctorCommand(plugins, common, terminal),
        });
        root.Add(new PlanCommand(common, terminal));
        root.Add(new RunCommand(common, terminal, cancellationToken));
        return root;

        // The options of a command come from manifests: they are read for the one that was named.
        void Add(string name, string summary, Func<PluginHost, Command> create) =>
            root.Add(named == name ? create(WithWarnings(plugins.Value, terminal)) : new Command(name, summary));
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
