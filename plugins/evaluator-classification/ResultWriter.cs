using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.EvaluatorClassification;

/// <summary>Writes counts as an evaluator's result.</summary>
/// <param name="table">The counts.</param>
/// <param name="names">What the classes are called.</param>
/// <param name="mostConfused">The most classes of which all confusions are shown.</param>
internal sealed class ResultWriter(ConfusionTable table, ImmutableArray<string> names, int mostConfused)
{
    private const int MostPairs = 20;

    public EvaluationResult Write() => new(
    [
        Share("top-1", table.Right, table.Pictures),
        Share($"top-{table.Top}", table.Among, table.Pictures),
        Count("right", table.Right),
        Count("pictures", table.Pictures),
    ])
    {
        Tables = table.Pictures == 0 ? [] : [PerClass(), table.Classes <= mostConfused ? Confusions() : FrequentConfusions()],
    };

    private static Metric Share(string name, double part, double whole) => new(name, whole > 0 ? part / whole : double.NaN, string.Empty, MetricDirection.Higher, 4);

    private static Metric Count(string name, double count = double.NaN) => new(name, count, string.Empty, MetricDirection.Neutral, 0);

    private MetricTable PerClass() => new(
        "Per class",
        "class",
        [Count("pictures"), Share("recall", 0, 0), Share("precision", 0, 0), Share($"top-{table.Top}", 0, 0)],
        [
            .. Enumerable.Range(0, table.Classes).Select(index => new MetricRow(names[index],
            [
                table.Shown(index),
                Share(string.Empty, table[index, index], table.Shown(index)).Value,
                Share(string.Empty, table[index, index], table.Taken(index)).Value,
                Share(string.Empty, table.AmongOf(index), table.Shown(index)).Value,
            ])),
        ]);

    private MetricTable Confusions() => new(
        "Taken for",
        "shows",
        [.. names.Select(static name => Count(name))],
        [
            .. Enumerable.Range(0, table.Classes).Select(shown =>
                new MetricRow(names[shown], [.. Enumerable.Range(0, table.Classes).Select(taken => (double)table[shown, taken])])),
        ]);

    private MetricTable FrequentConfusions() => new(
        "Most frequent confusions",
        "shows, taken for",
        [Count("pictures")],
        [
            .. Enumerable.Range(0, table.Classes)
                .SelectMany(shown => Enumerable.Range(0, table.Classes).Select(taken => (Shown: shown, Taken: taken, Count: table[shown, taken])))
                .Where(static pair => pair.Shown != pair.Taken && pair.Count > 0)
                .OrderByDescending(static pair => pair.Count)
                .Take(MostPairs)
                .Select(pair => new MetricRow($"{names[pair.Shown]}, {names[pair.Taken]}", [pair.Count])),
        ]);
}
