using System.Text;

namespace PluginPrune.DatasetCifar.Batches;

/// <summary>A picture as CIFAR stores it: all of red, then all of green, then all of blue.</summary>
internal static class PlanarPicture
{
    public const int Side = 32;

    public const int Channels = 3;

    public const int ByteCount = Channels * Side * Side;

    private static readonly byte[] Header = Encoding.ASCII.GetBytes($"P6\n{Side} {Side}\n255\n");

    /// <summary>The picture as a PPM.</summary>
    public static MemoryStream ToPpm(ReadOnlySpan<byte> planes)
    {
        byte[] file = new byte[Header.Length + ByteCount];
        Header.CopyTo(file, 0);
        Span<byte> pixels = file.AsSpan(Header.Length);
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int place = 0; place < Side * Side; place++)
            {
                pixels[(place * Channels) + channel] = planes[(channel * Side * Side) + place];
            }
        }

        return new MemoryStream(file, writable: false);
    }
}
