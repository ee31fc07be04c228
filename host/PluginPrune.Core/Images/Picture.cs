using PluginPrune.Contracts;
using PluginPrune.Core.Images.Decoding;
using PluginPrune.Core.Images.Decoding.Jpeg;
using PluginPrune.Core.Images.Writing;

namespace PluginPrune.Core.Images;

/// <summary>
/// A picture of 8 bits a channel: rows from the top, pixels from the left, red, green and blue of a pixel side by side, no bytes
/// between rows. Reading may happen on several threads at once; one picture must not be written by two.
/// </summary>
/// <remarks>
/// <para>A file is known by its content, never by its name. What comes out is upright: EXIF orientation (1 to 8, of JPEG and PNG) has been applied.</para>
/// <para>Grey becomes three equal channels. Of 16 bits the upper 8 count. Alpha and transparent colours are dropped, as OpenCV's
/// imread does: the colour below them is what the file holds. CMYK with Adobe's marker is taken as inverted, as Adobe writes it.
/// Colour profiles and gamma are not applied.</para>
/// </remarks>
public sealed class Picture
{
    /// <summary>The channels of every picture: red, green, blue.</summary>
    public const int Channels = 3;

    private readonly byte[] _pixels;

    /// <summary>Makes a black picture.</summary>
    /// <param name="size">At most <see cref="PictureLimits.MaximumPixels"/>.</param>
    public Picture(PictureSize size)
        : this(size, new byte[ByteCount(size)])
    {
    }

    /// <summary>Takes pixels; they are not copied.</summary>
    /// <param name="size">The sides.</param>
    /// <param name="pixels">At least 3 * width * height bytes; what follows them is not used.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public Picture(PictureSize size, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length < ByteCount(size))
        {
            throw new ArgumentException($"A picture of {size} has {ByteCount(size)} bytes; the array has {pixels.Length}.", nameof(pixels));
        }

        Size = size;
        _pixels = pixels;
    }

    /// <summary>Both sides.</summary>
    public PictureSize Size { get; }

    /// <summary>Pixels of a row.</summary>
    public int Width => Size.Width;

    /// <summary>Rows.</summary>
    public int Height => Size.Height;

    /// <summary>All 3 * width * height bytes, row by row.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, Width * Height * Channels);

    /// <summary>The bytes of a row.</summary>
    /// <param name="y">From 0, at the top.</param>
    public Span<byte> Row(int y) => Pixels.Slice(y * Width * Channels, Width * Channels);

    /// <summary>A picture with pixels of its own.</summary>
    public Picture Copy() => new(Size, Pixels.ToArray());

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="InputException">It cannot be read, is no picture, or is damaged.</exception>
    /// <exception cref="JpegLibraryException">It is a JPEG and libturbojpeg is not installed.</exception>
    public static Picture Read(string path) => PictureDecoder.Guard(path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        return PictureDecoder.Decode(PictureFile.ReadAll(stream), PixelMemory.New);
    });

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">It need not be able to seek; it is not closed.</param>
    /// <param name="name">What messages call it: the path of a file.</param>
    /// <exception cref="InputException">It cannot be read, is no picture, or is damaged.</exception>
    /// <exception cref="JpegLibraryException">It is a JPEG and libturbojpeg is not installed.</exception>
    public static Picture Read(Stream stream, string name) =>
        PictureDecoder.Guard(name, () => PictureDecoder.Decode(PictureFile.ReadAll(stream), PixelMemory.New));

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="file">All its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InputException">It is no picture, or is damaged.</exception>
    /// <exception cref="JpegLibraryException">It is a JPEG and libturbojpeg is not installed.</exception>
    public static Picture Decode(ReadOnlyMemory<byte> file, string name) =>
        PictureDecoder.Guard(name, () => PictureDecoder.Decode(file, PixelMemory.New));

    /// <summary>Writes a PNG: without loss.</summary>
    /// <param name="stream">Receives the file; it is not closed.</param>
    public void WritePng(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PngEncoder.Write(this, stream);
    }

    /// <summary>Writes a JPEG whose colours are as fine as its light.</summary>
    /// <param name="stream">Receives the file; it is not closed.</param>
    /// <param name="quality">1 to 100; 90 is good.</param>
    /// <exception cref="JpegLibraryException">libturbojpeg is not installed.</exception>
    /// <exception cref="NotSupportedException">The picture has more than 65535 pixels a side.</exception>
    public void WriteJpeg(Stream stream, int quality)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        stream.Write(JpegEncoder.Encode(TurboJpeg.Shared, Pixels, Size, TurboJpeg.PixelRgb, JpegEncoder.FullColor, quality));
    }

    private static int ByteCount(PictureSize size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 1, nameof(size));
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 1, nameof(size));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size.Pixels, PictureLimits.MaximumPixels, nameof(size));
        return size.Width * size.Height * Channels;
    }
}
