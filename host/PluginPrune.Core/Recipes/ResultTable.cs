using System.Collections.Immutable;

namespace PluginPrune.Core.Recipes;

/// <summary>What all networks of a recipe are worth and cost, row by row.</summary>
/// <param name="Rows">The rows, each with its repetitions, in the order of the steps.</param>
/// <param name="Baseline">The row that the others are compared with, or null.</param>
public sealed record ResultTable(ImmutableArray<ResultRow> Rows, ResultRow? Baseline)
{
    /// <summary>Its columns: those of classifiers where they were measured, else those of detectors.</summary>
    public IEnumerable<ResultColumn> Columns
    {
        get
        {
            bool areClassified = Rows.Any(static row => ResultColumn.All.Any(column => column.IsOfWholePictures && row.Mean(column.Metric).Count > 0));
            return ResultColumn.All.Where(column => !column.IsAccuracy || column.IsOfWholePictures == areClassified);
        }
    }

    /// <summary>Brings repetitions together.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="baseline">The name of the step that the others are compared with.</param>
    public static ResultTable Of(IEnumerable<StepResult> results, string baseline)
    {
        ImmutableArray<ResultRow> rows = [.. results.GroupBy(static result => result.Step, StringComparer.Ordinal).Select(static row => new ResultRow(row.Key, [.. row]))];
        return new ResultTable(rows, rows.FirstOrDefault(row => row.Step == baseline));
    }

    /// <summary>
    /// The differences of a row from the baseline, each repetition from the baseline of its seed; where the baseline was made once,
    /// all from that one: then the standard error says nothing of the baseline's own chance.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="metric">The metric.</param>
    /// <returns>Their mean; a count of 0 for the baseline itself, and where nothing can be compared.</returns>
    public SampleMean DifferenceOf(ResultRow row, string metric)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Baseline is null || row == Baseline
            ? SampleMean.Of([])
            : SampleMean.Of((Baseline.IsOneNetwork ? row.Samples : row.Repetitions).Select(one => one[metric] - (BaselineOf(one.Seed)?[metric] ?? double.NaN)));
    }

    private StepResult? BaselineOf(int? seed) =>
        Baseline!.Repetitions.FirstOrDefault(one => one.Seed == seed) ?? Baseline.Repetitions.FirstOrDefault(static one => one.Seed is null);
}
