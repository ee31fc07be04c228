using PluginPrune.Contracts.Datasets;

namespace PluginPrune.DatasetVoc.Layout;

/// <summary>A picture and its annotations.</summary>
/// <param name="Path">The picture's full path; where it is missing, where it should be.</param>
/// <param name="Annotation">The full path of its annotations, or null where there are none.</param>
/// <param name="IsListed">Whether a list of the dataset names it: then annotations are to be expected.</param>
/// <param name="Fault">What is wrong with it, or null.</param>
internal sealed record VocPicture(string Path, string? Annotation, bool IsListed, DatasetFault? Fault = null);
