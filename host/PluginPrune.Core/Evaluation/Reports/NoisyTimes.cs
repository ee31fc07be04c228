using System.Globalization;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Evaluation;

/// <summary>Tells times that vary too much to be compared: the machine does other things too, or changes its clock.</summary>
public static class NoisyTimes
{
    private const string Median = "median";
    private const string Spread = "spread";

    // The middle half of the runs on a quiet machine lies within a few percent.
    private const double Tolerable = 0.15;

    /// <summary>By how much times vary: the worst subject's spread as a share of its median; 0 where none were measured.</summary>
    /// <param name="report">What was measured.</param>
    public static double ShareOf(EvaluationReport report) => Shares(report).Select(static subject => subject.Share).DefaultIfEmpty(0).Max();

    /// <summary>Whether times vary too much.</summary>
    /// <param name="report">What was measured.</param>
    public static bool AreNoisy(EvaluationReport report) => ShareOf(report) > Tolerable;

    /// <summary>A warning, or null where times are steady or none were measured.</summary>
    /// <param name="report">What was measured.</param>
    public static string? Find(EvaluationReport report)
    {
        (string Subject, double Share)[] noisy = [.. Shares(report).Where(static subject => subject.Share > Tolerable).OrderByDescending(static subject => subject.Share)];
        return noisy.Length == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"Times vary: the middle half of the runs of '{noisy[0].Subject}' spreads over {noisy[0].Share:P0} of the median{(noisy.Length > 1 ? $", and of {noisy.Length - 1} more over more than {Tolerable:P0}" : string.Empty)}. Other programs are running, or the clock changes; ratios hold better than times, and more --runs help.");
    }

    private static IEnumerable<(string Subject, double Share)> Shares(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Sections
            .SelectMany(section => section.Results.Select((result, index) => (Subject: report.Subjects[index], Share: ValueOf(result, Spread) / ValueOf(result, Median))))
            .Where(static subject => double.IsFinite(subject.Share));
    }

    private static double ValueOf(EvaluationResult result, string name) => result.Metrics.FirstOrDefault(metric => metric.Name == name)?.Value ?? double.NaN;
}
