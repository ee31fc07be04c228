using System.Globalization;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>Shows to a person what a training came to.</summary>
/// <param name="writer">Takes the text.</param>
/// <param name="advice">How it goes on after a sparse training.</param>
internal sealed class TrainTables(TextWriter writer, PruneAdvice advice)
{
    // The rest stands in results.csv.
    private static readonly string[] Shown = ["learning rate", "gradient norm", "pictures per second", "top-1", "top-5", "mAP@0.5", "mAP@0.5:0.95", "precision", "recall", "F1", "scales below 0.01", "scales below 0.001", "scales prunable"];

    public void Write(Checkpoint last, string folder)
    {
        if (last.Results.IsEmpty)
        {
            writer.WriteLine("Nothing was trained.");
            return;
        }

        EpochResult result = last.Results[^1];
        EpochResult best = last.BestEpoch < 0 ? result : last.Results[last.BestEpoch];
        int width = Shown.Max(static name => name.Length);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"after epoch".PadRight(width)}  {result.Epoch + 1,12}  {(best == result ? string.Empty : $"{best.Epoch + 1,12} (best)")}").TrimEnd());
        foreach (NamedValue value in result.Values.Where(static value => value.Name.StartsWith("loss", StringComparison.Ordinal) || Shown.Contains(value.Name)))
        {
            writer.WriteLine($"{value.Name.PadRight(width)}  {Number(value.Value),12}  {(best == result ? string.Empty : $"{Number(best[value.Name]),12}")}".TrimEnd());
        }

        if (result.Sparsity?.Readiness is { } readiness)
        {
            string note = readiness.Rate > 0 && !readiness.IsCollapsed ? AccuracyNote.Of(result) : string.Empty;
            writer.WriteLine($"{char.ToUpperInvariant(readiness.Verdict[0])}{readiness.Verdict[1..]}{note}.");
            if (note.Length == 0 && advice.CommandFor(readiness) is { } command)
            {
                writer.WriteLine($"Prune it with: {command}");
            }
        }

        writer.WriteLine($"Written to {folder}: {TrainingFolder.Last}, {(last.BestEpoch < 0 ? string.Empty : TrainingFolder.Best + ", ")}{TrainingFolder.Results}, {(result.Sparsity is null ? string.Empty : TrainingFolder.Scales + ", ")}{TrainingFolder.Report}, logs");
    }

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString(Math.Abs(value) is > 0 and < 0.01 ? "0.00e0" : "#,0.0000", CultureInfo.InvariantCulture);
}
