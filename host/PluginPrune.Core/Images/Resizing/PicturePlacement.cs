using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Images;

/// <summary>Where in a network's input a picture is put, and how large.</summary>
public sealed record PicturePlacement
{
    /// <summary>Puts a picture at a place of one's own choice.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="network">The input's size.</param>
    /// <param name="scaled">The size that the picture is brought to.</param>
    /// <param name="left">Columns of padding at the left.</param>
    /// <param name="top">Rows of padding at the top.</param>
    /// <exception cref="ArgumentException">The scaled picture does not lie within the input.</exception>
    public PicturePlacement(PictureSize picture, PictureSize network, PictureSize scaled, int left, int top)
    {
        if (left < 0 || top < 0 || left + scaled.Width > network.Width || top + scaled.Height > network.Height || scaled.Width < 1 || scaled.Height < 1)
        {
            throw new ArgumentException($"A picture of {scaled} at ({left}, {top}) does not lie within an input of {network}.");
        }

        (Picture, Network, Scaled, Left, Top) = (picture, network, scaled, left, top);
    }

    /// <summary>The picture's own size.</summary>
    public PictureSize Picture { get; }

    /// <summary>The size of the network's input.</summary>
    public PictureSize Network { get; }

    /// <summary>The size that the picture is brought to.</summary>
    public PictureSize Scaled { get; }

    /// <summary>Columns of padding at the left.</summary>
    public int Left { get; }

    /// <summary>Rows of padding at the top.</summary>
    public int Top { get; }

    /// <summary>How places of picture and input go over into each other.</summary>
    public PictureTransform Transform =>
        new((double)Scaled.Width / Picture.Width, (double)Scaled.Height / Picture.Height, Left, Top);

    /// <summary>As a network's preprocessing says.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="network">The input's size.</param>
    /// <param name="mode">How pictures of other proportions are fitted.</param>
    public static PicturePlacement Of(PictureSize picture, PictureSize network, ResizeMode mode) =>
        mode == ResizeMode.Letterbox ? Letterbox(picture, network) : Stretch(picture, network);

    /// <summary>Fills the input; proportions change.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="network">The input's size.</param>
    public static PicturePlacement Stretch(PictureSize picture, PictureSize network) => new(picture, network, network, 0, 0);

    /// <summary>Keeps the proportions and pads on two sides, with the roundings of Ultralytics' letterbox.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="network">The input's size.</param>
    public static PicturePlacement Letterbox(PictureSize picture, PictureSize network) => Centered(picture, Fit(picture, network), network);

    /// <summary>Keeps the proportions and pads no more than a multiple of the stride needs (Ultralytics' 'auto'): the input gets smaller than asked for.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="network">The largest size of the input, a multiple of the stride.</param>
    /// <param name="stride">By what the sides of the input must be divisible, 32 as a rule.</param>
    public static PicturePlacement Letterbox(PictureSize picture, PictureSize network, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        PictureSize scaled = Fit(picture, network);
        var smallest = new PictureSize(
            scaled.Width + ((network.Width - scaled.Width) % stride),
            scaled.Height + ((network.Height - scaled.Height) % stride));
        return Centered(picture, scaled, smallest);
    }

    /// <summary>A picture of a given scaled size in the middle; of an odd padding the larger half comes after.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="scaled">The size that it is brought to.</param>
    /// <param name="network">The input's size.</param>
    public static PicturePlacement Centered(PictureSize picture, PictureSize scaled, PictureSize network) =>
        new(picture, network, scaled, Before(network.Width - scaled.Width), Before(network.Height - scaled.Height));

    private static PictureSize Fit(PictureSize picture, PictureSize network)
    {
        double ratio = Math.Min((double)network.Height / picture.Height, (double)network.Width / picture.Width);
        return new PictureSize(Side(picture.Width * ratio), Side(picture.Height * ratio));
    }

    /// <summary>Halves go to the even neighbour, as Python rounds; a very thin picture keeps one pixel.</summary>
    private static int Side(double length) => Math.Max(1, (int)Math.Round(length));

    private static int Before(int padding) => (int)Math.Round((padding / 2.0) - 0.1);
}
