namespace PluginPrune.Core.Inspection;

/// <summary>A group of more than one layer.</summary>
/// <param name="Group">The group.</param>
/// <param name="Rows">The rows of its layers.</param>
/// <param name="Lane">Its lane, 0 next to the labels.</param>
/// <param name="Color">Its colour.</param>
internal sealed record PictureTie(GroupInspection Group, int[] Rows, int Lane, string Color);
