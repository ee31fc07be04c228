namespace PluginPrune.Core.Inspection;

/// <summary>A gap in the scores: up to it pruning takes little, beyond it much.</summary>
/// <param name="SafeRate">The largest rate, in tenths of a percent, that stays before it.</param>
/// <param name="Below">The last score before it.</param>
/// <param name="Above">The first score after it.</param>
/// <param name="Energy">The share of the scores' energy that lies before it.</param>
public sealed record Cliff(double SafeRate, double Below, double Above, double Energy);
