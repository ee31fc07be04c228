using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Contracts.Training;

/// <summary>A head's loss on a batch.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <param name="Terms">Its parts, weighted: their sum is the loss. Always the same parts in the same order.</param>
/// <param name="Gradient">
/// The derivative of the sum by each raw output. What a head makes of the outputs only to choose or to weigh, such as which anchors
/// learn an object, it may hold constant; it says so.
/// </param>
public sealed record HeadLoss<T>(ImmutableArray<LossTerm> Terms, Batch<T> Gradient)
    where T : unmanaged;
