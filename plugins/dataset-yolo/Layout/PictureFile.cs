using PluginPrune.Contracts.Datasets;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>A picture of a set.</summary>
/// <param name="Path">Its full path; where it is missing, where it should be.</param>
/// <param name="Root">The folder from which its path was understood.</param>
/// <param name="Fault">What is wrong with it, or null.</param>
internal readonly record struct PictureFile(string Path, string Root, DatasetFault? Fault = null);
