using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Cli.Inspect;
using Spectre.Console;

namespace PluginPrune.Cli.Run;

/// <summary>What every network of a recipe is worth and costs, side by side.</summary>
/// <param name="terminal">Takes warnings.</param>
/// <param name="planner">Knows the options of `host eval`.</param>
internal sealed class RecipeTable(Terminal terminal, RecipePlanner planner)
{
    private static readonly (string Title, string Metric, double Factor, string Format)[] Columns =
    [
        ("mAP@0.5", "mAP@0.5", 1, "0.0000"), ("mAP@0.5:0.95", "mAP@0.5:0.95", 1, "0.0000"),
        ("parameters", "parameters", 1, "#,0"), ("GFLOPs", "GFLOPs", 1, "0.000"), ("MB", "size", 1e-6, "0.00"), ("ms", "median", 1, "0.00"),
    ];

    /// <summary>Measures all networks in one command, so that their times are taken in turns.</summary>
    public void Write(Recipe recipe, ImmutableArray<StepPlan> plans, TextWriter writer, CancellationToken cancellationToken)
    {
        Table table = Tables.New(["step", .. Columns.Select(static column => ">" + column.Title)]);
        (string Step, string Network)[] made = [.. plans.Where(static plan => plan.Output is not null).Select(static plan => (plan.Step.Name, plan.Output!))];
        Dictionary<string, double> times = TimesOf([.. made.Select(static step => step.Network)], cancellationToken);
        foreach ((string step, string network) in made)
        {
            Dictionary<string, double> metrics = MetricsOf(recipe, network, cancellationToken);
            metrics["median"] = times.GetValueOrDefault(network, double.NaN);
            Tables.Row(table, [step, .. Columns.Select(column => metrics.TryGetValue(column.Metric, out double value) && double.IsFinite(value)
                ? (value * column.Factor).ToString(column.Format, CultureInfo.InvariantCulture)
                : "-")]);
        }

        Tables.Write(writer, table);
    }

    private Dictionary<string, double> MetricsOf(Recipe recipe, string network, CancellationToken cancellationToken)
    {
        string[] data = recipe.Data is { } named ? ["--data", named] : [];
        string[] line = ["eval", "--model", network, "--evaluator", recipe.Data is null ? "cost" : "detection,cost", .. data];
        using JsonDocument? report = Ask([.. line, .. planner.Understood(line, recipe.Common)], cancellationToken);
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (JsonElement metric in report is null ? [] : MetricsIn(report.RootElement.GetProperty("networks")[0]))
        {
            if (metric.GetProperty("value").ValueKind == JsonValueKind.Number)
            {
                metrics.TryAdd(metric.GetProperty("name").GetString()!, metric.GetProperty("value").GetDouble());
            }
        }

        return metrics;
    }

    private Dictionary<string, double> TimesOf(string[] networks, CancellationToken cancellationToken)
    {
        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        using JsonDocument? report = Ask(["bench", "--models", .. networks], cancellationToken);
        if (report is not null)
        {
            int at = 0;
            foreach (JsonElement network in report.RootElement.GetProperty("networks").EnumerateArray().Take(networks.Length))
            {
                JsonElement median = MetricsIn(network).FirstOrDefault(static metric => metric.GetProperty("name").GetString() == "median");
                times[networks[at++]] = median.ValueKind == JsonValueKind.Object ? median.GetProperty("value").GetDouble() : double.NaN;
            }
        }

        return times;
    }

    private static IEnumerable<JsonElement> MetricsIn(JsonElement network) => network.EnumerateObject()
        .Where(static property => property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("metrics", out _))
        .SelectMany(static property => property.Value.GetProperty("metrics").EnumerateArray());

    private JsonDocument? Ask(string[] arguments, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var silent = new Terminal(answer, TextWriter.Null, isInteractive: false);
        int code = new HostProgram(silent).Run([.. arguments, "--json"], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (code != ExitCodes.Done)
        {
            terminal.Warn($"'host {string.Join(' ', arguments)}' did not work; the table lacks its figures.");
            return null;
        }

        return JsonDocument.Parse(answer.ToArray());
    }
}
