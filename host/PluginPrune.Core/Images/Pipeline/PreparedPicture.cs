using PluginPrune.Contracts;

namespace PluginPrune.Core.Images;

/// <summary>What became of an item.</summary>
/// <param name="Index">Its index among all items.</param>
/// <param name="Item">The item.</param>
public sealed record PreparedPicture(int Index, PictureItem Item)
{
    /// <summary>Why it could not be read, or null. Its part of the batch then holds zeros.</summary>
    public InputException? Error { get; init; }

    /// <summary>Its own size and where it lies in the input; null where it could not be read.</summary>
    public PicturePlacement? Placement { get; init; }

    /// <summary>The picture, upright, where pictures are kept and it could be read.</summary>
    public Picture? Picture { get; init; }
}
