using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Core.Recipes;

namespace PluginPrune.Cli.Run;

/// <summary>Measures a recipe's networks, each as `host eval` and `host bench` would. What was measured once is kept.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="terminal">Takes what is said on the way.</param>
/// <param name="lines">Knows the options of commands.</param>
/// <param name="identities">Tells pictures from others.</param>
/// <param name="record">Keeps what was measured.</param>
internal sealed class NetworkMeter(Recipe recipe, Terminal terminal, CommandLines lines, StepIdentities identities, RecipeRecord record)
{
    private static readonly ImmutableSortedDictionary<string, double> Nothing = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Accuracy and cost of a network.</summary>
    /// <param name="network">Its file.</param>
    /// <param name="weights">Its weights, or null for those beside it.</param>
    /// <param name="isTrained">Whether its accuracy says anything.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public ImmutableSortedDictionary<string, double> Measure(string network, string? weights, bool isTrained, CancellationToken cancellationToken)
    {
        ImmutableSortedDictionary<string, double> cost = Evaluate(["eval", "--evaluator", "cost"], network, weights, string.Empty, cancellationToken);
        if (recipe.Data is null || !isTrained)
        {
            return cost;
        }

        // Without --evaluator, what suits the network measures it.
        string[] line = ["eval", "--data", recipe.Data, .. recipe.Evaluation.SelectMany(static option => option.Words)];
        line = [.. line, .. lines.Understood(line, recipe.Common.Where(static option => option.Name is not "--split" and not "--seed").Concat(ValidationSplit()))];
        return cost.SetItems(Evaluate(line, network, weights, identities.PicturesOf(line, cancellationToken) ?? string.Empty, cancellationToken));
    }

    /// <summary>The milliseconds of networks with their weights (null for those beside), measured in turns, in their order; NaN where that did not work.</summary>
    public double[] Times(IReadOnlyList<(string Network, string? Weights)> networks, CancellationToken cancellationToken)
    {
        string[] line = ["bench", .. networks.SelectMany(static one => one.Weights is null ? ["--model", one.Network] : new[] { "--model", one.Network, "--weights", one.Weights })];
        string[] options = [.. lines.Understood(line, recipe.Common.Where(static option => option.Name != "--seed"))];
        string[] names = [.. networks.Select(static one => FileFingerprint.OfModel(one.Network, one.Weights, withWeights: true))];
        string key = string.Join(' ', ["bench", .. options, .. names]);
        if (record.Measured(key) is { } known)
        {
            return [.. names.Select(name => known.GetValueOrDefault(name, double.NaN))];
        }

        terminal.Progress("Measuring times");
        using JsonDocument? report = Ask([.. line, .. options], cancellationToken);
        if (report is null)
        {
            return [.. names.Select(static _ => double.NaN)];
        }

        double[] times =
        [
            .. report.RootElement.GetProperty("networks").EnumerateArray().Take(networks.Count)
                .Select(static network => MetricsIn(network).Where(static metric => metric.Name == "median").Select(static metric => metric.Value).FirstOrDefault(double.NaN)),
        ];
        record.Keep(key, names.Zip(times).DistinctBy(static pair => pair.First, StringComparer.Ordinal).ToImmutableSortedDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal));
        return times;
    }

    /// <summary>How many parameters a network has.</summary>
    public long Parameters(string network, CancellationToken cancellationToken) => (long)Measure(network, null, isTrained: false, cancellationToken).GetValueOrDefault("parameters");

    private ImmutableSortedDictionary<string, double> Evaluate(string[] line, string network, string? weights, string pictures, CancellationToken cancellationToken)
    {
        string name = string.Join(' ', [.. line, FileFingerprint.OfModel(network, weights, withWeights: true), pictures]);
        if (record.Measured(name) is { } known)
        {
            return known;
        }

        terminal.Progress($"Measuring {network}");
        using JsonDocument? report = Ask([.. line, "--model", network, .. weights is null ? [] : new[] { "--weights", weights }], cancellationToken);
        if (report is null)
        {
            return Nothing;
        }

        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach ((string metric, double value) in MetricsIn(report.RootElement.GetProperty("networks")[0]))
        {
            metrics.TryAdd(metric, value);
        }

        record.Keep(name, metrics.ToImmutable());
        return metrics.ToImmutable();
    }

    // The table is about what trainings are measured on, not about what they learn from.
    private IEnumerable<OptionLine> ValidationSplit() => recipe.Evaluation.Any(static option => option.Name == "--split")
        ? []
        : recipe.Common.Concat(recipe.Steps.SelectMany(static step => step.Options))
            .Where(static option => option is { Name: "--val-split", Value: not null }).Take(1)
            .Select(static option => new OptionLine("--split", ["--split", option.Value!], option.Line));

    private static IEnumerable<(string Name, double Value)> MetricsIn(JsonElement network) => network.EnumerateObject()
        .Where(static property => property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("metrics", out _))
        .SelectMany(static property => property.Value.GetProperty("metrics").EnumerateArray())
        .Where(static metric => metric.GetProperty("value").ValueKind == JsonValueKind.Number)
        .Select(static metric => (metric.GetProperty("name").GetString()!, metric.GetProperty("value").GetDouble()));

    private JsonDocument? Ask(string[] arguments, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        using var said = new StringWriter();
        int code = new HostProgram(new Terminal(answer, said, isInteractive: false)).Run([.. arguments, "--json", .. lines.Folders], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (code == ExitCodes.Done)
        {
            return JsonDocument.Parse(answer.ToArray());
        }

        terminal.Warn($"'host {string.Join(' ', arguments)}' did not work, and the table lacks its figures: {said.ToString().Trim()}");
        return null;
    }
}
