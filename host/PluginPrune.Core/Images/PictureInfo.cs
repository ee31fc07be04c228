using PluginPrune.Contracts;
using PluginPrune.Core.Images.Decoding;

namespace PluginPrune.Core.Images;

/// <summary>What the header of a picture's file says; pixels may still turn out to be damaged.</summary>
/// <param name="Format">What the file is.</param>
/// <param name="Stored">The size as it is stored.</param>
/// <param name="Orientation">How the stored picture must be turned to stand upright.</param>
public sealed record PictureInfo(PictureFormat Format, PictureSize Stored, PictureOrientation Orientation)
{
    /// <summary>The size of the upright picture, as <see cref="Picture.Read(string)"/> gives it.</summary>
    public PictureSize Size => Orientation >= PictureOrientation.Transpose ? Stored.Turned : Stored;

    /// <summary>Reads a file's header; needs no native library.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="InputException">It cannot be read, is no picture, or its header is damaged.</exception>
    public static PictureInfo Read(string path) => PictureDecoder.Guard(path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        return PictureFile.ReadInfo(stream);
    });

    /// <summary>Reads no more of a stream than the header takes, some kilobytes as a rule; needs no native library.</summary>
    /// <param name="stream">It need not be able to seek; it is not closed.</param>
    /// <param name="name">What messages call it: the path of a file.</param>
    /// <exception cref="InputException">It cannot be read, is no picture, or its header is damaged.</exception>
    public static PictureInfo Read(Stream stream, string name) => PictureDecoder.Guard(name, () => PictureFile.ReadInfo(stream));
}
