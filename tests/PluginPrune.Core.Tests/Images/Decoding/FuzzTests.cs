using System.Diagnostics;
using PluginPrune.Contracts;
using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Decoding.Jpeg;
using PluginPrune.Core.Images.Writing;

namespace PluginPrune.Core.Tests.Images.Decoding;

/// <summary>
/// Damaged files of every format: a picture or one clear message, never another exception, never much memory or time. As many as
/// PLUGINPRUNE_FUZZ says, by default 2,000.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Inputs = int.Parse(Environment.GetEnvironmentVariable("PLUGINPRUNE_FUZZ") ?? "2000", System.Globalization.CultureInfo.InvariantCulture);
    private const int Progressive = 16384;

    [Fact]
    public void Damaged_files_without_the_JPEG_library_end_in_a_picture_or_a_message()
    {
        Fuzz(
            seed: 1,
            new PngSample(2, 8, 40, 30, interlaced: false).Encode(),
            new PngSample(3, 4, 40, 30, interlaced: true).Encode(),
            new PngSample(6, 16, 20, 30, interlaced: true).Encode(),
            ExifSample.InPng(Pictures.Png(Pictures.Slopes(30, 20)), ExifSample.Tiff(6, isLittle: true)),
            [.. "P6 30 20 255\n"u8, .. Pictures.Slopes(30, 20).Pixels],
            [.. "P5\n# c\n30 20\n1000\n"u8, .. new byte[1200]],
            Bmp());
    }

    [TurboJpegFact]
    public void Damaged_JPEGs_end_in_a_picture_or_a_message()
    {
        Picture picture = Pictures.Slopes(64, 48);
        byte[] Encode(int subsampling, int flags) =>
            JpegEncoder.Encode(TurboJpeg.Shared, picture.Pixels, picture.Size, TurboJpeg.PixelRgb, subsampling, 90, flags);

        Fuzz(
            seed: 2,
            Encode(2, 0),
            Encode(0, Progressive),
            Encode(3, 0),
            ExifSample.InJpeg(Encode(1, 0), ExifSample.Tiff(8, isLittle: false)),
            JpegEncoder.Encode(TurboJpeg.Shared, new byte[64 * 48 * 4], picture.Size, TurboJpeg.PixelCmyk, 0, 90));
    }

    private static void Fuzz(int seed, params byte[][] files)
    {
        var random = new Random(seed);
        int pictures = 0;
        int messages = 0;
        long before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < Inputs; i++)
        {
            byte[] damaged = Damage(files[i % files.Length], random);
            try
            {
                using var stream = new MemoryStream(damaged);
                PictureInfo info = PictureInfo.Read(stream, "damaged");
                Picture picture = Picture.Decode(damaged, "damaged");
                picture.Size.Should().Be(info.Size);
                pictures++;
            }
            catch (InputException error)
            {
                error.Message.Should().StartWith("damaged: ").And.MatchRegex(@"[.)]$");
                messages++;
            }
        }

        pictures.Should().BePositive();
        messages.Should().BeGreaterThan(Inputs / 4);

        // A header may ask for as much as its bytes could just hold: a megabyte for half a kilobyte.
        ((GC.GetTotalAllocatedBytes() - before) / Inputs).Should().BeLessThan(4 << 20);
        (watch.Elapsed / Inputs).Should().BeLessThan(TimeSpan.FromMilliseconds(50));
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        byte[] damaged = [.. file];
        switch (random.Next(4))
        {
            case 0:
                return damaged[..random.Next(damaged.Length)];
            case 1:
                int start = random.Next(damaged.Length);
                random.NextBytes(damaged.AsSpan(start, Math.Min(random.Next(1, 40), damaged.Length - start)));
                return damaged;
            case 2:
                int from = random.Next(damaged.Length);
                int to = random.Next(from, Math.Min(damaged.Length, from + 60));
                return [.. damaged[..from], .. damaged[to..]];
            default:
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                {
                    // Most of what can go wrong stands at the beginning.
                    int at = random.Next(2) == 0 ? random.Next(Math.Min(64, damaged.Length)) : random.Next(damaged.Length);
                    damaged[at] ^= (byte)(1 << random.Next(8));
                }

                return damaged;
        }
    }

    private static byte[] Bmp()
    {
        byte[] file = new byte[54 + (16 * 4) + (12 * 30)];
        "BM"u8.CopyTo(file);
        (file[10], file[14], file[18], file[22], file[26], file[28]) = (54 + (16 * 4), 40, 24, 30, 1, 4);
        return file;
    }
}
