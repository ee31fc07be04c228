using System.Globalization;

namespace PluginPrune.Core.Verification;

/// <summary>The small network does not compute what the folded one of full size does: a fault of this program. Exit code 1.</summary>
/// <param name="report">The figures.</param>
public sealed class VerificationException(VerificationReport report) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"Verification failed: the small network differs from the folded one by {report.Compact.Largest:G3} of the largest output; at most {VerificationReport.Tolerance:G3} is rounding. Nothing was written. Please report this with the model's cfg."))
{
    /// <summary>The figures.</summary>
    public VerificationReport Report { get; } = report;
}
