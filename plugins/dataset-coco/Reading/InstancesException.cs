namespace PluginPrune.DatasetCoco.Reading;

/// <summary>A file is no list of annotations; whoever knows its name adds it.</summary>
/// <param name="message">What was found and what was wanted.</param>
internal sealed class InstancesException(string message) : Exception(message);
