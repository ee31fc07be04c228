using System.Globalization;
using System.Text;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Pictures that are measured on again and again: each is decoded once and then handed out as it is, while memory allows.</summary>
public sealed class DecodedPictures
{
    // A thousand photos of 640 x 480.
    private const long MemoryBytes = 1L << 30;

    private long _bytes;

    private DecodedPictures()
    {
    }

    /// <summary>The same pictures, decoded once.</summary>
    /// <param name="dataset">The pictures.</param>
    public static Dataset Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var pictures = new DecodedPictures();
        return dataset with { Items = [.. dataset.Items.Select(pictures.Keep)] };
    }

    private DatasetItem Keep(DatasetItem item)
    {
        var gate = new Lock();
        byte[]? kept = null;
        bool isTooMuch = false;
        return item with
        {
            Open = () =>
            {
                lock (gate)
                {
                    if (kept is null && !isTooMuch)
                    {
                        using Stream stream = item.Open();
                        byte[] pixmap = PixmapOf(Picture.Read(stream, item.Name));
                        isTooMuch = Interlocked.Add(ref _bytes, pixmap.Length) > MemoryBytes;
                        kept = isTooMuch ? null : pixmap;
                    }

                    return kept is null ? item.Open() : new MemoryStream(kept, writable: false);
                }
            },
        };
    }

    /// <summary>Netpbm's P6: decoding it is copying it.</summary>
    private static byte[] PixmapOf(Picture picture) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6 {picture.Width} {picture.Height} 255\n")), .. picture.Pixels];
}
