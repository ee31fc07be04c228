using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;

namespace PluginPrune.Cli.Run;

/// <summary>`host run`: the whole way of a recipe.</summary>
internal sealed class RunCommand : Command, IDescribedCommand
{
    public const string CommandName = "run";

    public const string Summary = "Does the steps of a recipe: train, sparse, prune, fine-tune, eval, export; goes on where it was interrupted";

    private readonly Argument<string> _recipe = new("recipe") { HelpName = "RECIPE", Description = "A .yaml with model, data and steps" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Folder that receives a folder a step [default: the recipe's, or one under runs/ with the recipe's name]", HelpName = "DIR" };
    private readonly Option<bool> _force = new("--force") { Description = "Do steps again that were done with other options, and all behind them" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the commands of the steps, run none" };
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;

    public RunCommand(CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _common = common;
        _terminal = terminal;
        PathOptions.RefuseEmpty(_out);
        Add(_recipe);
        Add(_out);
        Add(_force);
        Add(_dryRun);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => [];

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [];

    public string Example => "host run cfg/recipes/sample.yaml";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        Recipe recipe = RecipeReader.Read(InputFiles.Existing("RECIPE", result.GetValue(_recipe)!));
        string root = Path.GetFullPath(result.GetValue(_out) ?? recipe.Out ?? Path.Combine("runs", Path.GetFileNameWithoutExtension(recipe.Path)));
        ImmutableArray<string> folders = [.. (result.GetValue(_common.Plugins) ?? []).SelectMany(static folder => new[] { "--plugins", folder })];
        var planner = new RecipePlanner(folders);
        ImmutableArray<StepPlan> plans = planner.Plan(recipe, root);
        if (result.GetValue(_dryRun))
        {
            foreach (StepPlan plan in plans)
            {
                _terminal.Results.WriteLine($"host {string.Join(' ', plan.Arguments)}");
            }

            return ExitCodes.Done;
        }

        int code = new RecipeRunner(_terminal, RecipeRecord.Open(root)).Run(plans, result.GetValue(_force), cancellationToken);
        if (code != ExitCodes.Done)
        {
            return code;
        }

        _terminal.Results.WriteLine($"Recipe {Path.GetFileName(recipe.Path)}, in {root}:");
        new RecipeTable(_terminal, planner).Write(recipe, plans, _terminal.Results, cancellationToken);
        return ExitCodes.Done;
    }
}
