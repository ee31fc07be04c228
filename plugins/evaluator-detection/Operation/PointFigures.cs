using System.Runtime.InteropServices;

namespace PluginPrune.EvaluatorDetection.Operation;

/// <summary>Precision and recall of a class.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PointFigures(double Precision, double Recall)
{
    // What keeps 0 / 0 away in all published code; it changes nothing else.
    private const double Tiny = 1e-16;

    /// <summary>The harmonic mean of both.</summary>
    public double F1 => 2 * Precision * Recall / (Precision + Recall + Tiny);
}
