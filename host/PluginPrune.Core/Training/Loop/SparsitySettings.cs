using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>How scales are pulled towards 0 while a network is trained.</summary>
/// <param name="Scheduler">Decides how strongly.</param>
/// <param name="BatchNorms">The nodes that take part, in the network's order.</param>
/// <param name="Strength">The derivative of the penalty by |gamma|, above 0.</param>
/// <param name="Ratio">The share of channels that is to go afterwards, 0 to below 1.</param>
public sealed record SparsitySettings(ISparsityScheduler Scheduler, ImmutableArray<string> BatchNorms, double Strength, double Ratio);
