using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Recipes;

namespace PluginPrune.Cli.Run;

/// <summary>`host run`: the whole way of a recipe.</summary>
internal sealed class RunCommand : Command, IDescribedCommand
{
    public const string CommandName = "run";

    public const string Summary = "Does the steps of a recipe: train, sparse, prune, fine-tune, distil, eval, export; goes on where it was interrupted";

    private readonly Argument<string> _recipe = new("recipe") { HelpName = "RECIPE", Description = "A .yaml with model, data and steps" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Folder that receives a folder a step [default: the recipe's, or one under runs/ with the recipe's name]", HelpName = "DIR" };
    private readonly Option<bool> _force = new("--force") { Description = "Do steps again that were done otherwise, and all that build on them" };
    private readonly Option<string?> _from = new("--from") { Description = "Do this step again, and all behind it; take those before it as they are, whatever has changed", HelpName = "STEP" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show how the steps stand and their commands, run none" };
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
        Add(_from);
        Add(_dryRun);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => [];

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists =>
    [
        ("What a recipe says", [
            ("model, weights, data", "With what it begins, and what every step learns from and is measured on"),
            ("steps", "A list: train, sparse, fine-tune, distil (host train), prune, iterate, eval, export (host convert), each with its command's options"),
            ("options", "Options for all steps; a step that does not know one does without"),
            ("seeds", "[0, 1, 2]: every step is done for each, those with 'shared: true' once; the table shows means and standard errors"),
            ("evaluate", "Options of host eval for the table, such as split: test"),
            ("compare", "from-scratch: true trains the pruned shape anew, narrower: true the whole network made as narrow; epochs as all trainings together"),
            ("out", "The folder, where --out names none. Paths are meant from the recipe's folder"),
        ]),
        ("What a step says beside its options", [
            ("shared: true", "It is done once, however many seeds there are"),
            ("result: last|best", "Which network a training leaves to the steps behind it and to the table [default: last]"),
        ]),
        ("iterate", [
            ("rounds: N", "How often it prunes and fine-tunes"),
            ("curve: agp|linear|exponential", "How much has gone after each round [default: agp]"),
            ("prune, fine-tune", "Their options; rates, floors and budgets are those of the last round and refer to the network before the first"),
        ]),
    ];

    public string Example => "host run cfg/recipes/sample.yaml";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        ImmutableArray<string> folders = [.. (result.GetValue(_common.Plugins) ?? []).SelectMany(static folder => new[] { "--plugins", folder })];
        var lines = new CommandLines(folders);
        Recipe recipe = RecipeReader.Read(InputFiles.Existing("RECIPE", result.GetValue(_recipe)!));
        recipe = new RecipePaths(lines, Path.GetDirectoryName(recipe.Path)!).Of(recipe);
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(result.GetValue(_out) ?? recipe.Out ?? Path.Combine("runs", Path.GetFileNameWithoutExtension(recipe.Path))));
        bool isDry = result.GetValue(_dryRun);
        InputException[] missing = [.. RecipeStart.FindMissing(recipe, PluginHost.Open(result.GetValue(_common.Plugins) ?? []))];
        lines.MissingData = Array.Exists(missing, one => one.Line == recipe.DataLine) ? recipe.Data : null;
        ImmutableArray<StepPlan> plans = new RecipePlanner(recipe, root, lines).Plan();
        var inputs = new RecipeInputs(recipe, lines);
        missing = [.. missing, .. inputs.FindMissing(plans)];
        if (missing.Length > 0 && !isDry)
        {
            throw missing[0];
        }

        foreach (InputException one in missing)
        {
            _terminal.Warn($"{one.Message} It is needed when the recipe is run.");
        }

        var record = RecipeRecord.Open(root);
        var identities = new StepIdentities(root, lines, inputs);
        CheckParts(recipe, plans, identities, cancellationToken);
        var judge = new StepJudge(plans, record, identities) { From = FromIn(result, recipe), RedoesChanged = result.GetValue(_force) || isDry };
        ImmutableArray<StepVerdict> verdicts = judge.JudgeAll(cancellationToken);
        if (isDry)
        {
            DryRun.Show(plans, verdicts, _terminal.Results);
            return ExitCodes.Done;
        }

        bool isJson = result.GetValue(_common.Json);
        Terminal terminal = isJson ? _terminal.WithResults(Stream.Null) : _terminal;
        var meter = new NetworkMeter(recipe, terminal, lines, identities, record);
        var report = new RecipeReport(recipe, root, plans, meter);
        string kept = $"Interrupted. What is complete stays in {root}: run the same recipe again, and it goes on from there.";
        var runner = new RecipeRunner(terminal, plans, judge, record, meter)
        {
            WhenInterrupted = kept,

            // So that whoever waits for the next seed has the table of those that are done.
            StepEnds = plan => _ = plan == plans.Last(other => other.Seed == plan.Seed) && plan != plans[^1] ? report.Make(isWhole: false, cancellationToken) : null,
        };
        ResultTable table;
        try
        {
            int code = runner.Run(cancellationToken);
            if (code != ExitCodes.Done)
            {
                return code;
            }

            table = report.Make(isWhole: true, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new KeptWorkException(kept, cancellationToken);
        }

        if (isJson)
        {
            JsonText.Write(_terminal.ResultStream, json => report.Write(json, table));
            return ExitCodes.Done;
        }

        report.Show(table, _terminal.Results);
        return ExitCodes.Done;
    }

    private static void CheckParts(Recipe recipe, ImmutableArray<StepPlan> plans, StepIdentities identities, CancellationToken cancellationToken)
    {
        foreach (StepPlan plan in plans)
        {
            if (identities.FaultOfParts(plan.Arguments, cancellationToken) is { } fault)
            {
                throw new InputException(recipe.Path, StepFault.LineOf(recipe, plan.Step, fault), $"step '{plan.Step.Name}': {fault}");
            }
        }

        if (recipe.Data is { } data && identities.FaultOfParts(["eval", "--data", data, .. recipe.Evaluation.SelectMany(static option => option.Words)], cancellationToken) is { } unusable)
        {
            throw new InputException(recipe.Path, recipe.Evaluation[0].Line, $"evaluate: {unusable}");
        }
    }

    private RecipeStep? FromIn(ParseResult result, Recipe recipe) => result.GetValue(_from) is not { } name
        ? null
        : recipe.Steps.FirstOrDefault(step => step.Name == name)
            ?? throw new UsageException($"{_from.Name} names '{name}', and the recipe has no such step; it has {string.Join(", ", recipe.Steps.Select(static step => step.Name))}.");
}
