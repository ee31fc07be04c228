using PluginPrune.Cli.Inspect;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Cli.Sensitivity;

/// <summary>How networks were fitted before curves were measured, and so how one is to be that goes by them.</summary>
internal static class CurveFitting
{
    /// <summary>The option with its number of pictures, as it is typed; null where networks were measured as they were cut.</summary>
    public static string? OptionOf(SensitivityDocument curves) => curves switch
    {
        { Reconstructed: > 0 and var pictures } => Tables.Text($"--reconstruct {pictures}"),
        { Recalibrated: > 0 and var pictures } => Tables.Text($"--recalibrate {pictures}"),
        _ => null,
    };

    /// <summary>The option that a run which goes by these curves lacks; null where it fits in the same way or a stronger one, on however many pictures.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="fitted">How the run fits its network; null where it does not.</param>
    public static string? Missing(SensitivityDocument curves, PlanRecalibration? fitted) =>
        fitted is { FitsWeights: true } || (fitted is not null && curves.Reconstructed == 0) ? null : OptionOf(curves);
}
