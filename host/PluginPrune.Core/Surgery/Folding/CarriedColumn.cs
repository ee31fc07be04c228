namespace PluginPrune.Core.Surgery;

/// <summary>A column that reads a constant channel and carries what others contributed.</summary>
/// <param name="Channel">The input channel that is constant.</param>
/// <param name="Slice">The layer's group that reads it.</param>
/// <param name="Shares">For each input channel what it contributed, in units of the constant; 0 for none.</param>
internal sealed record CarriedColumn(int Channel, int Slice, double[] Shares);
