using PluginPrune.Contracts;
using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Decoding.Jpeg;
using PluginPrune.Core.Images.Writing;

namespace PluginPrune.Core.Tests.Images.Decoding;

public sealed class JpegTests
{
    private const int GreyOnly = 3;
    private const int QuarterColor = 2;
    private const int Progressive = 16384;

    [TurboJpegTheory]
    [InlineData(JpegEncoder.FullColor, 0)]
    [InlineData(JpegEncoder.FullColor, Progressive)]
    [InlineData(QuarterColor, 0)]
    [InlineData(QuarterColor, Progressive)]
    public void A_picture_comes_back_almost_as_it_was(int subsampling, int flags)
    {
        Picture picture = Pictures.Slopes(123, 77);
        byte[] file = JpegEncoder.Encode(TurboJpeg.Shared, picture.Pixels, picture.Size, TurboJpeg.PixelRgb, subsampling, 95, flags);

        Pictures.LargestDifference(Picture.Decode(file, "a.jpg"), picture).Should().BeLessThan(8);
    }

    [TurboJpegFact]
    public void A_grey_one_becomes_three_equal_channels()
    {
        Picture picture = Pictures.Slopes(40, 30);
        byte[] file = JpegEncoder.Encode(TurboJpeg.Shared, picture.Pixels, picture.Size, TurboJpeg.PixelRgb, GreyOnly, 100);

        byte[][] pixels = [.. Picture.Decode(file, "grey.jpg").Pixels.ToArray().Chunk(3)];

        pixels.Should().OnlyContain(static pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        pixels.Select(static (pixel, i) => (pixel[0], i)).Should().OnlyContain(pair => Math.Abs(pair.Item1 - Luma(picture, pair.i)) < 2);
    }

    [TurboJpegFact]
    public void Four_inks_with_luma_and_chroma_become_three_lights()
    {
        Picture picture = Pictures.Slopes(64, 40);
        byte[] inks = new byte[picture.Pixels.Length / 3 * 4];
        for (int i = 0; i < inks.Length / 4; i++)
        {
            Span<byte> lights = picture.Pixels.Slice(3 * i, 3);
            int light = Math.Max(1, (int)Math.Max(lights[0], Math.Max(lights[1], lights[2])));
            for (int c = 0; c < 3; c++)
            {
                inks[(4 * i) + c] = (byte)(lights[c] * 255 / light);
            }

            inks[(4 * i) + 3] = (byte)light;
        }

        byte[] file = JpegEncoder.Encode(TurboJpeg.Shared, inks, picture.Size, TurboJpeg.PixelCmyk, JpegEncoder.FullColor, 100);

        Pictures.LargestDifference(Picture.Decode(file, "ycck.jpg"), picture).Should().BeLessThan(10);
    }

    [TurboJpegTheory]
    [InlineData(200, 120, 140, 255)]
    [InlineData(150, 128, 128, 100)]
    [InlineData(90, 150, 100, 180)]
    [InlineData(220, 135, 125, 0)]
    public void Four_plain_inks_are_inverted_where_Adobe_says_so_and_not_otherwise(int cyan, int magenta, int yellow, int black)
    {
        // The library writes luma and chroma, which these four values can be; then the marker is changed so that they are inks.
        byte[] converted = [Clamp(255 - cyan - (1.402 * (yellow - 128))), Clamp(255 - cyan + (0.344136 * (magenta - 128)) + (0.714136 * (yellow - 128))), Clamp(255 - cyan - (1.772 * (magenta - 128))), (byte)black];
        var size = new PictureSize(16, 8);
        byte[] inks = [.. Enumerable.Range(0, 16 * 8 * 4).Select(i => converted[i % 4])];
        byte[] file = JpegEncoder.Encode(TurboJpeg.Shared, inks, size, TurboJpeg.PixelCmyk, JpegEncoder.FullColor, 100);
        int marker = file.AsSpan().IndexOf("Adobe"u8);
        byte[] withoutMarker = [.. file[..(marker - 4)], .. file[(marker + 12)..]];
        file[marker + 11] = 0;

        byte[] inverted = [.. Picture.Decode(file, "adobe.jpg").Pixels[..3]];
        byte[] plain = [.. Picture.Decode(withoutMarker, "plain.jpg").Pixels[..3]];

        int[] stored = [cyan, magenta, yellow];
        inverted.Should().Equal(stored, (light, ink) => Math.Abs(light - (ink * black / 255.0)) < 3);
        plain.Should().Equal(stored, (light, ink) => Math.Abs(light - ((255 - ink) * (255 - black) / 255.0)) < 3);
    }

    [TurboJpegFact]
    public void Every_truncation_of_a_baseline_and_a_progressive_file_is_told()
    {
        Picture picture = Pictures.Slopes(64, 64);
        foreach (int flags in new[] { 0, Progressive })
        {
            byte[] file = JpegEncoder.Encode(TurboJpeg.Shared, picture.Pixels, picture.Size, TurboJpeg.PixelRgb, QuarterColor, 90, flags);
            for (int length = 3; length < file.Length - 2; length += 1 + (length / 50))
            {
                Action reading = () => Picture.Decode(file.AsMemory(0, length), "cut.jpg");

                reading.Should().Throw<InputException>($"{length} of {file.Length} bytes are left").WithMessage("cut.jpg: *truncated*");
            }
        }
    }

    [TurboJpegFact]
    public void Zeros_in_the_place_of_pixels_are_told()
    {
        byte[] file = Pictures.Jpeg(Pictures.Noise(200, 200, seed: 4));
        file.AsSpan(file.Length / 2).Clear();

        Action reading = () => Picture.Decode(file, "zeros.jpg");

        reading.Should().Throw<InputException>().WithMessage("zeros.jpg: this JPEG is damaged or truncated: *");
    }

    [TurboJpegFact]
    public void A_few_bytes_or_padding_between_the_last_pixel_and_the_end_cost_nothing()
    {
        Picture picture = Pictures.Slopes(64, 48);
        byte[] file = Pictures.Jpeg(picture);
        foreach (byte[] extra in new byte[][] { [1, 2, 3, 4, 5], new byte[500] })
        {
            Picture decoded = Picture.Decode((byte[])[.. file[..^2], .. extra, .. file[^2..]], "camera.jpg");

            Pictures.LargestDifference(decoded, Picture.Decode(file, "plain.jpg")).Should().Be(0);
        }
    }

    [TurboJpegTheory]
    [InlineData(0x00)]
    [InlineData(0x7F)]
    [InlineData(0xFF)]
    public void Bytes_overwritten_in_the_middle_are_told(byte value)
    {
        byte[] file = JpegEncoder.Encode(
            TurboJpeg.Shared, Pictures.Noise(64, 64, seed: 3).Pixels, new PictureSize(64, 64), TurboJpeg.PixelRgb, QuarterColor, 90);
        file.AsSpan(file.Length / 2, 60).Fill(value);

        Action reading = () => Picture.Decode(file, "overwritten.jpg");

        reading.Should().Throw<InputException>().WithMessage("overwritten.jpg: this JPEG is damaged or truncated: *");
    }

    [TurboJpegFact]
    public void Padding_does_not_hide_a_graver_damage()
    {
        byte[] file = Pictures.Jpeg(Pictures.Noise(64, 64, seed: 3));
        byte[] damaged = [.. file[..(file.Length / 2)], 0xFF, 0xD3, .. new byte[100], .. file[^2..]];

        Action reading = () => Picture.Decode(damaged, "both.jpg");

        reading.Should().Throw<InputException>().WithMessage("both.jpg: this JPEG is damaged or truncated: *");
    }

    [TurboJpegFact]
    public void A_header_that_promises_more_than_its_bytes_can_hold_costs_no_memory()
    {
        byte[] file = Pictures.Jpeg(Pictures.Slopes(16, 16));
        int frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        file.AsSpan(frame + 5, 4).Fill(0x3F);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Action reading = () => Picture.Decode(file, "hostile.jpg");

        reading.Should().Throw<InputException>().WithMessage("hostile.jpg: * bytes cannot hold the 16191 x 16191 pixels *");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xC0, 0, 17, 12, 0, 8, 0, 8, 3 }, "12 bits a sample; 8 are read")]
    [InlineData(new byte[] { 0xFF, 0xC0, 0, 17, 8, 0, 0, 0, 8, 3 }, "says 8 x 0 pixels")]
    [InlineData(new byte[] { 0xFF, 0xC0, 0, 4, 8, 0 }, "frame header is too short")]
    [InlineData(new byte[] { 0xFF, 0xE0, 0, 1 }, "a segment of 1 bytes")]
    [InlineData(new byte[] { 0xFF, 0xDA, 0, 3, 0 }, "no frame header before its pixels")]
    [InlineData(new byte[] { 0xFF, 0xD9 }, "no frame header before its pixels")]
    public void A_damaged_header_is_told_without_the_library(byte[] content, string problem)
    {
        byte[] file = [0xFF, 0xD8, .. content, .. new byte[32], 0xFF, 0xDA, 0, 2];
        using var stream = new MemoryStream(file);

        Action probing = () => PictureInfo.Read(stream, "bad.jpg");

        probing.Should().Throw<InputException>().WithMessage($"bad.jpg: *{problem}*");
    }

    private static int Luma(Picture picture, int pixel)
    {
        Span<byte> rgb = picture.Pixels.Slice(3 * pixel, 3);
        return (int)Math.Round((0.299 * rgb[0]) + (0.587 * rgb[1]) + (0.114 * rgb[2]));
    }

    private static byte Clamp(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
