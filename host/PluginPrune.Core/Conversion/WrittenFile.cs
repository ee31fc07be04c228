namespace PluginPrune.Core.Conversion;

/// <summary>A file that was written.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its length.</param>
public sealed record WrittenFile(string Name, long Bytes);
