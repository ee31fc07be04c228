using System.Globalization;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Cli.Eval;

/// <summary>Figures as people read them.</summary>
internal static class MetricText
{
    /// <summary>A value with as many decimals as are worth showing.</summary>
    public static string Value(Metric metric, double value) => double.IsFinite(value)
        ? value.ToString("N" + metric.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "-" : "inf";

    /// <summary>The metric's own value with its unit.</summary>
    public static string WithUnit(Metric metric) => metric.Unit.Length == 0 ? Value(metric, metric.Value) : $"{Value(metric, metric.Value)} {metric.Unit}";

    /// <summary>The name with the unit, as a title over values.</summary>
    public static string Title(Metric metric) => metric.Unit.Length == 0 ? metric.Name : $"{metric.Name}, {metric.Unit}";

    /// <summary>What a value is of another, for instance '0.52 x'.</summary>
    public static string Ratio(double value, double reference) =>
        double.IsFinite(value) && double.IsFinite(reference) && reference != 0 ? string.Create(CultureInfo.InvariantCulture, $"{value / reference:0.00} x") : "-";
}
