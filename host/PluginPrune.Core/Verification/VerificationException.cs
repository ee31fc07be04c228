using System.Globalization;

namespace PluginPrune.Core.Verification;

/// <summary>The small network does not compute what the folded one of full size does: a fault of this program. Exit code 1.</summary>
/// <param name="report">The figures.</param>
public sealed class VerificationException(VerificationReport report) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"Verification failed: the small network differs from the {OtherOf(report)} by {LargestOf(report):G3} of the largest output; at most {VerificationReport.Tolerance:G3} is rounding. Nothing was written. Please report this with the model's files."))
{
    /// <summary>The figures.</summary>
    public VerificationReport Report { get; } = report;

    private static string OtherOf(VerificationReport report) =>
        report.Cropping?.Largest > VerificationReport.Tolerance ? "whole one before it was cropped" :
        report.Compact.Largest <= VerificationReport.Tolerance ? "network with scales 0, from which exact folding leaves no difference," : "folded one";

    private static double LargestOf(VerificationReport report) =>
        report.Cropping is { Largest: > VerificationReport.Tolerance } cropping ? cropping.Largest :
        report.Compact.Largest <= VerificationReport.Tolerance ? report.Folding.Largest : report.Compact.Largest;
}
