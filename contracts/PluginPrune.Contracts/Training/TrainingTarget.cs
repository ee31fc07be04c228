using PluginPrune.Contracts.Detections;

namespace PluginPrune.Contracts.Training;

/// <summary>What a picture of a batch shows.</summary>
/// <param name="ClassIndex">The class, from 0.</param>
/// <param name="Box">Where, in pixels of the network's input; <see langword="default"/> where the class is the whole picture's: see <see cref="IsPicture"/>.</param>
/// <param name="Weight">What it counts, above 0 to 1: below 1 where pictures are mixed.</param>
public readonly record struct TrainingTarget(int ClassIndex, Box Box, double Weight = 1)
{
    /// <summary>Whether the class is the whole picture's, not that of an object in a box.</summary>
    public bool IsPicture => Box == default;
}
