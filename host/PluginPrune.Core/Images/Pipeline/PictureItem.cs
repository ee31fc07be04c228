namespace PluginPrune.Core.Images;

/// <summary>A picture that is to be read.</summary>
/// <param name="Name">What messages call it: the path of a file.</param>
/// <param name="Open">Opens its file; called once, from any thread. May throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
public sealed record PictureItem(string Name, Func<Stream> Open)
{
    /// <summary>The size of the network's input for this picture, where it is not everyone's; pictures share a batch while it stays the same.</summary>
    public PictureSize? InputSize { get; init; }
}
