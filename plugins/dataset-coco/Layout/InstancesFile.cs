namespace PluginPrune.DatasetCoco.Layout;

/// <summary>A file of annotations.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Part">The part that it is, as its name tells, for instance 'val2017'; or null.</param>
internal sealed record InstancesFile(string Path, string? Part);
