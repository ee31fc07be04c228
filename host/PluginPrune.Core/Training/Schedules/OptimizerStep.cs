namespace PluginPrune.Core.Training;

/// <summary>One move of the parameters.</summary>
/// <param name="End">The batch of the epoch, from 0, before which it comes: those since the step before are added up.</param>
/// <param name="Pictures">The pictures that its gradient is divided by.</param>
/// <param name="Time">When it is, in steps of the size that they have after the warm-up, from 0 at the training's first: what the learning rate goes by.</param>
internal readonly record struct OptimizerStep(int End, int Pictures, double Time);
