namespace PluginPrune.Contracts.Detections;

/// <summary>An object that was found.</summary>
/// <param name="Box">Where, in pixels of the photo.</param>
/// <param name="ClassIndex">What, from 0: an index into the network's classes.</param>
/// <param name="Score">How sure, 0 to 1.</param>
public readonly record struct Detection(Box Box, int ClassIndex, double Score);
