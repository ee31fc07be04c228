using PluginPrune.Contracts.Training;

namespace PluginPrune.HeadYolov5.Loss;

/// <summary>An anchor at a place that is to learn an object. One anchor at one place may learn several.</summary>
/// <param name="Anchor">The anchor.</param>
/// <param name="Place">The place, row by row.</param>
/// <param name="Target">The object, cut at the picture's edges.</param>
internal readonly record struct Match(int Anchor, int Place, TrainingTarget Target);
