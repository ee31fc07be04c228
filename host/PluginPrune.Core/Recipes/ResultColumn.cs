using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.Core.Recipes;

/// <summary>A column of the table that a recipe ends with.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Metric">The metric's name in <see cref="StepResult.Metrics"/>.</param>
/// <param name="Factor">From the metric's unit to the column's.</param>
/// <param name="Format">How its numbers are written.</param>
/// <param name="IsAccuracy">Whether it differs by chance from one repetition to the next, and is compared with the baseline's.</param>
public sealed record ResultColumn(string Title, string Metric, double Factor, string Format, bool IsAccuracy)
{
    /// <summary>Whether it is about what whole pictures show, and not about objects in them.</summary>
    public bool IsOfWholePictures { get; init; }

    /// <summary>All, in their order; see <see cref="ResultTable.Columns"/> for those of a table.</summary>
    public static ImmutableArray<ResultColumn> All { get; } =
    [
        new("mAP@0.5", "mAP@0.5", 1, "0.0000", true),
        new("mAP@0.5:0.95", "mAP@0.5:0.95", 1, "0.0000", true),
        new("top-1", "top-1", 1, "0.0000", true) { IsOfWholePictures = true },
        new("top-5", "top-5", 1, "0.0000", true) { IsOfWholePictures = true },
        new("parameters", "parameters", 1, "#,0", false),
        new("GFLOPs", "GFLOPs", 1, "0.000", false),
        new("MB", "size", 1e-6, "0.00", false),
        new("ms", "median", 1, "0.00", false),
    ];

    /// <summary>The cell of some repetitions.</summary>
    /// <param name="mean">Their mean.</param>
    public string Text(SampleMean mean) => (IsAccuracy, mean) switch
    {
        (_, { Count: 0 }) => "-",
        (true, { Count: > 1 }) => $"{Number(mean.Mean)} ± {Number(mean.StandardError)}",
        _ => Number(mean.Mean),
    };

    /// <summary>The cell of a difference.</summary>
    /// <param name="difference">The mean of the differences.</param>
    public string Signed(SampleMean difference) => difference.Count == 0 ? "-" : $"{(difference.Mean >= 0 ? "+" : string.Empty)}{Text(difference)}";

    private string Number(double value) => (value * Factor).ToString(Format, CultureInfo.InvariantCulture);
}
