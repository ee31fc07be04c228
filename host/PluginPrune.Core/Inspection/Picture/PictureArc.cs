namespace PluginPrune.Core.Inspection;

/// <summary>A connection that passes over rows.</summary>
/// <param name="From">The row that is read.</param>
/// <param name="To">The row that reads.</param>
/// <param name="Lane">Its lane, 0 next to the boxes.</param>
/// <param name="IsResidual">Whether it ends in an addition or multiplication.</param>
internal sealed record PictureArc(int From, int To, int Lane, bool IsResidual);
