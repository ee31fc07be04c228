namespace PluginPrune.DatasetCifar.Folders;

/// <summary>A picture in a tree of folders.</summary>
/// <param name="Path">The names of the folders, then the file's own, below the tree's root.</param>
/// <param name="Name">The file as the user finds it.</param>
/// <param name="Open">Opens it.</param>
internal sealed record PictureFile(string[] Path, string Name, Func<Stream> Open);
