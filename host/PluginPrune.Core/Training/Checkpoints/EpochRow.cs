namespace PluginPrune.Core.Training;

/// <summary>An epoch's numbers in the header of a checkpoint.</summary>
internal sealed record EpochRow(int Epoch, NamedValue[] Values, SparsityRow? Sparsity);
