using System.Globalization;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>Shows how a training goes: a line an epoch, and how far it is.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="epochs">How many epochs it has.</param>
/// <param name="title">Takes what is being done.</param>
/// <param name="share">Takes the share that is done, 0 to 1.</param>
internal sealed class TrainDisplay(Terminal terminal, int epochs, Action<string> title, Action<double> share)
{
    private static readonly string[] Shown = ["top-1", "top-5", "mAP@0.5", "mAP@0.5:0.95", "precision", "recall", "F1"];

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private int _first = -1;

    public void Show(TrainingProgress progress)
    {
        _first = _first < 0 ? progress.Epoch : _first;
        title(string.Create(CultureInfo.InvariantCulture, $"Epoch {progress.Epoch + 1} of {epochs}, loss {progress.Losses.Sum(static term => term.Value):0.000}, {progress.PicturesPerSecond:0.0} pictures/s"));
        share((progress.Epoch + ((double)progress.Pictures / progress.OfPictures)) / epochs);
    }

    /// <summary>An epoch is measured: nothing else moves meanwhile.</summary>
    public void Measuring(int epoch) => title(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1} of {epochs} is measured"));

    public void Show(EpochOutcome outcome)
    {
        if (terminal.IsQuiet)
        {
            return;
        }

        EpochResult result = outcome.Result;
        IEnumerable<string> parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"epoch {result.Epoch + 1}/{epochs}: loss {result["loss"]:0.000} ({Losses(result)})"),
            .. Shown.Where(name => double.IsFinite(result[name])).Take(2).Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {result[name]:0.000}")),
            .. Sparsity(result.Sparsity),
            .. outcome.IsBest ? ["the best so far"] : Array.Empty<string>(),
            string.Create(CultureInfo.InvariantCulture, $"{result["pictures per second"]:0.0} pictures/s"),
            .. outcome.IsLast ? Early(outcome) : [$"{Left(result.Epoch)} left"],
        ];
        terminal.Say(TextLines.Broken(parts, terminal.Width));
    }

    private static string Losses(EpochResult result) => string.Join(
        ", ",
        result.Values.Where(static value => value.Name.StartsWith("loss ", StringComparison.Ordinal))
            .Select(static value => string.Create(CultureInfo.InvariantCulture, $"{value.Name[5..]} {value.Value:0.000}")));

    private string[] Early(EpochOutcome outcome) => outcome.Result.Epoch + 1 < epochs
        ? [string.Create(CultureInfo.InvariantCulture, $"it ends here: nothing better since epoch {outcome.Checkpoint.BestEpoch + 1}")]
        : [];

    private static IEnumerable<string> Sparsity(SparsityState? state)
    {
        if (state is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{state.Scales.BelowHundredth:P0} of the scales below 0.01");
        }

        if (state?.Readiness is { } readiness)
        {
            yield return readiness.Brief;
        }
    }

    private string Left(int epoch)
    {
        double done = epoch + 1 - Math.Max(_first, 0);
        TimeSpan left = TimeProvider.System.GetElapsedTime(_start) * ((epochs - epoch - 1) / done);
        return left.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalHours:0.0} h")
            : left.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:0} min")
            : string.Create(CultureInfo.InvariantCulture, $"{left.TotalSeconds:0} s");
    }
}
