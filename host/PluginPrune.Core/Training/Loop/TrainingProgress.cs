using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>How far a training is.</summary>
/// <param name="Epoch">From 0.</param>
/// <param name="Pictures">How many pictures of the epoch are done.</param>
/// <param name="OfPictures">How many it has.</param>
/// <param name="Losses">Means over the epoch so far.</param>
/// <param name="PicturesPerSecond">Since the epoch began.</param>
public sealed record TrainingProgress(int Epoch, int Pictures, int OfPictures, ImmutableArray<LossTerm> Losses, double PicturesPerSecond);
