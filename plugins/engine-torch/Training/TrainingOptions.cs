using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Training;

/// <summary>How a session computes.</summary>
/// <param name="Device">Where.</param>
/// <param name="IsHalf">Whether convolutions run in half precision.</param>
/// <param name="NormMomentum">How much of a batch's statistics goes into the running ones; null where norms use the running ones and leave them alone.</param>
/// <param name="Seed">Of what is random.</param>
internal sealed record TrainingOptions(Device Device, bool IsHalf, double? NormMomentum, int Seed);
