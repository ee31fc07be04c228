namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>Objects of some sizes, in square pixels; both ends belong to it.</summary>
internal readonly record struct AreaRange(double Least, double Most)
{
    /// <summary>All, small, medium and large, as COCO has them.</summary>
    public static AreaRange[] Coco { get; } = [new(0, 1e10), new(0, 32 * 32), new(32 * 32, 96 * 96), new(96 * 96, 1e10)];

    /// <summary>All.</summary>
    public static AreaRange[] All { get; } = [new(0, double.PositiveInfinity)];

    public bool Contains(double area) => area >= Least && area <= Most;
}
