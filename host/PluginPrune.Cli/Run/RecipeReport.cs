using System.Collections.Immutable;
using PluginPrune.Cli.Inspect;
using PluginPrune.Core.Files;
using PluginPrune.Core.Recipes;
using Spectre.Console;

namespace PluginPrune.Cli.Run;

/// <summary>What every network of a recipe is worth and costs, side by side: on the screen, in results.md and results.json.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="root">Its folder.</param>
/// <param name="plans">All steps.</param>
/// <param name="meter">Measures networks.</param>
internal sealed class RecipeReport(Recipe recipe, string root, ImmutableArray<StepPlan> plans, NetworkMeter meter)
{
    private const string Given = "as given";
    private const string Milliseconds = "median";

    /// <summary>Brings together what is there and writes the files.</summary>
    /// <param name="isWhole">Whether all steps are done; else times are left out, since they are measured in turns.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public ResultTable Make(bool isWhole, CancellationToken cancellationToken)
    {
        List<StepResult> results = [.. Results(cancellationToken)];
        if (isWhole)
        {
            AddTimes(results, cancellationToken);
        }

        var table = ResultTable.Of(results, results.Count > 0 ? results[0].Step : string.Empty);
        using var folder = new OutputFolder(root, "results", overwrites: true);
        using (Stream stream = folder.CreateFile("results.md"))
        {
            ResultMarkdown.Write(stream, Path.GetFileName(recipe.Path), table, Notes(table));
        }

        using (Stream stream = folder.CreateFile("results.json"))
        {
            JsonText.Write(stream, json => Write(json, table));
        }

        folder.Commit();
        return table;
    }

    /// <summary>Shows a table to a person.</summary>
    public void Show(ResultTable table, TextWriter writer)
    {
        writer.WriteLine($"Recipe {Path.GetFileName(recipe.Path)}, in {root}:");
        Table drawn = Tables.New(ResultCells.Titles(table).Select(static (title, column) => column == 0 ? title : ">" + title));
        foreach (ResultRow row in table.Rows)
        {
            Tables.Row(drawn, ResultCells.Of(table, row));
        }

        Tables.Write(writer, drawn, isWide: true);
        foreach (string note in Notes(table))
        {
            writer.WriteLine(note);
        }
    }

    /// <summary>The table as `--json` prints it.</summary>
    public void Write(System.Text.Json.Utf8JsonWriter json, ResultTable table)
    {
        json.WriteStartObject();
        json.WriteString("recipe", Path.GetFileName(recipe.Path));
        json.WriteString("folder", root);
        ResultJson.WriteProperties(json, table);
        json.WriteEndObject();
    }

    private IEnumerable<StepResult> Results(CancellationToken cancellationToken)
    {
        // Who begins with a network that has learned something compares with that.
        if (recipe.Steps[0].Kind != StepKind.Train || recipe.Steps[0].Name != "train")
        {
            StepPlan first = plans[0];
            yield return new StepResult(Given, null, first.ModelFile, meter.Measure(first.ModelFile, first.Weights, isTrained: true, cancellationToken))
            {
                Fingerprint = FileFingerprint.OfModel(first.ModelFile, first.Weights, withWeights: true),
            };
        }

        bool isTrained = recipe.Comparison.Narrower is not null;
        foreach (StepPlan plan in plans.OrderBy(static plan => plan.IsComparison).Where(plan => !plan.LeavesUntrained || !isTrained))
        {
            if (plan.Output is { } network && File.Exists(network))
            {
                yield return new StepResult(plan.Step.Name, plan.Seed, Path.GetRelativePath(root, network), meter.Measure(network, null, !plan.LeavesUntrained, cancellationToken))
                {
                    Fingerprint = FileFingerprint.OfModel(network, null, withWeights: true),
                };
            }
        }
    }

    // One network of each row: others of it have the same shape, or nearly so.
    private void AddTimes(List<StepResult> results, CancellationToken cancellationToken)
    {
        StepResult[] firsts = [.. results.DistinctBy(static result => result.Step, StringComparer.Ordinal)];
        double[] times = meter.Times([.. firsts.Select(result => (Path.GetFullPath(result.Network, root), result.Step == Given ? plans[0].Weights : null))], cancellationToken);
        foreach ((StepResult first, double time) in firsts.Zip(times))
        {
            results[results.IndexOf(first)] = first with { Metrics = first.Metrics.SetItem(Milliseconds, time) };
        }
    }

    private IEnumerable<string> Notes(ResultTable table)
    {
        int[] counts = [.. table.Rows.Select(static row => row.Samples.Count()).Where(static count => count > 1).Distinct().Order()];
        if (counts.Length > 0)
        {
            string seeds = counts.Length == 1 ? FormattableString.Invariant($"{counts[0]}") : FormattableString.Invariant($"{counts[0]} to {counts[^1]}");
            string planned = counts[^1] < recipe.Seeds.Length ? FormattableString.Invariant($" that are done of {recipe.Seeds.Length}") : string.Empty;
            yield return $"± is the standard error of the mean over {seeds} seeds{planned}; differences are taken seed by seed{(table.Baseline is { Repetitions: [{ Seed: null }] } ? ", all from the one baseline, whose own chance they do not show" : string.Empty)}. Milliseconds are those of the first seed's network.";
        }

        string[] same = [.. table.Rows.Where(static row => row is { Repetitions.Length: > 1, IsOneNetwork: true }).Select(static row => row.Step)];
        if (same.Length > 0)
        {
            yield return $"{string.Join(", ", same)}: the same network from every seed, and therefore without ±.";
        }

        if (table.Rows.FirstOrDefault(static row => row.Step.StartsWith("narrower", StringComparison.Ordinal)) is not null)
        {
            yield return "narrower: the whole network, every layer with the same share of its channels, with at most as many parameters as the pruned one.";
        }
    }
}
