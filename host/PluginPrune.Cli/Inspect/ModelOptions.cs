using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Inspect;

/// <summary>The options of commands that look at a model, perhaps beside a plan for it, and change neither.</summary>
internal sealed class ModelOptions
{
    private readonly PluginHost _plugins;
    private readonly ContributionOptions? _format;

    /// <param name="args">The arguments: which model is named decides which format's options there are.</param>
    /// <param name="plugins">The plugins.</param>
    /// <param name="command">Takes the options.</param>
    public ModelOptions(string[] args, PluginHost plugins, Command command)
    {
        _plugins = plugins;
        command.Add(Model);
        command.Add(Weights);
        command.Add(Plan);
        PathOptions.RefuseEmpty(Model, Weights, Plan);
        string model = ArgumentScan.ValueOf(args, Model.Name) ?? ArgumentScan.ValueOf(args, "--cfg") ?? SampleModel.Name;
        string extension = Path.GetExtension(model == SampleModel.Name ? SampleModel.CfgPath : model);
        ContributionInfo? format = plugins.Contributions(ContributionKind.Format)
            .FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        _format = format is null ? null : new ContributionOptions(format, command);
    }

    public Option<string> Model { get; } = new("--model", "--cfg")
    {
        Description = "File that describes the network, for Darknet a .cfg [default: the bundled sample]",
        HelpName = "FILE",
        DefaultValueFactory = static _ => SampleModel.Name,
    };

    public Option<string?> Weights { get; } = new("--weights") { Description = "File with the weights [default: beside the model, same name]", HelpName = "FILE" };

    public Option<string?> Plan { get; } = new("--plan") { Description = "A plan.json for the network: show what it keeps", HelpName = "FILE" };

    /// <summary>The format's own options.</summary>
    public ContributionOptions? Format => _format;

    /// <summary>Reads the network.</summary>
    public Network Read(ParseResult result, Terminal terminal, CancellationToken cancellationToken)
    {
        string model = result.GetValue(Model)!;
        string modelPath = model == SampleModel.Name ? SampleModel.CfgPath : Path.GetFullPath(model);
        RefuseMissing(Model.Name, modelPath);
        string? weights = result.GetValue(Weights) is { } given ? Path.GetFullPath(given) : null;
        if (weights is not null)
        {
            RefuseMissing(Weights.Name, weights);
        }

        ContributionOptions format = _format ?? throw new UsageException(
            $"--model names {modelPath}, which no plugin reads by its extension; it takes {string.Join(", ", _plugins.Contributions(ContributionKind.Format).SelectMany(static known => known.Extensions))}.");
        if (model == SampleModel.Name)
        {
            terminal.Warn(SampleModel.Note);
        }

        return _plugins.Create<IModelFormat>(ContributionKind.Format, format.Contribution.FullName, format.ValuesIn(result)).GetOrThrow()
            .Read(new ModelSource(modelPath, weights, terminal.Warn), cancellationToken);
    }

    /// <summary>Reads the plan that is named, or null.</summary>
    public (PlanDocument Document, PruningPlan Plan)? ReadPlan(ParseResult result, Network network)
    {
        if (result.GetValue(Plan) is not { } given)
        {
            return null;
        }

        string path = Path.GetFullPath(given);
        RefuseMissing(Plan.Name, path);
        PlanDocument document = PlanJson.ReadFile(path);
        return (document, PlanConverter.ToPlan(document, network));
    }

    private static void RefuseMissing(string option, string path)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"{option} names {path}, which is a folder; it takes a file.");
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"{option} names {path}, which does not exist.");
        }
    }
}
