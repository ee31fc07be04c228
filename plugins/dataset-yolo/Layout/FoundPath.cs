namespace PluginPrune.DatasetYolo.Layout;

/// <summary>A path that was found.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Base">The folder from which it was understood.</param>
/// <param name="IsMoved">Whether only the last parts of what was written were found, elsewhere.</param>
/// <param name="DiffersInCase">Whether it is written in other letters, large for small.</param>
internal readonly record struct FoundPath(string Path, string Base, bool IsMoved, bool DiffersInCase = false);
