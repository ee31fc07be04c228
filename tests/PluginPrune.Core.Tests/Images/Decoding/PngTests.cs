using PluginPrune.Contracts;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Images.Decoding;

public sealed class PngTests
{
    public static TheoryData<int, int> Kinds => new()
    {
        { 0, 1 }, { 0, 2 }, { 0, 4 }, { 0, 8 }, { 0, 16 },
        { 2, 8 }, { 2, 16 },
        { 3, 1 }, { 3, 2 }, { 3, 4 }, { 3, 8 },
        { 4, 8 }, { 4, 16 },
        { 6, 8 }, { 6, 16 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_pixel_is_read_whole_and_interlaced_at_every_awkward_size(int colorType, int depth)
    {
        foreach ((int width, int height) in new[] { (1, 1), (2, 3), (3, 1), (1, 9), (5, 5), (7, 8), (9, 6), (33, 17) })
        {
            foreach (bool interlaced in new[] { false, true })
            {
                var sample = new PngSample(colorType, depth, width, height, interlaced, seed: width + (100 * height));

                Picture picture = Picture.Decode(sample.Encode(), "sample.png");

                picture.Size.Should().Be(new PictureSize(width, height));
                picture.Pixels.SequenceEqual(sample.Expected()).Should().BeTrue($"{width} x {height}, interlaced: {interlaced}");
            }
        }
    }

    [Fact]
    public void Transparency_is_dropped_and_the_colours_below_it_stay()
    {
        var sample = new PngSample(3, 8, 20, 20, interlaced: false) { Extra = { ("tRNS", new byte[256]) } };

        Picture picture = Picture.Decode(sample.Encode(), "sample.png");

        picture.Pixels.SequenceEqual(sample.Expected()).Should().BeTrue();
    }

    [Fact]
    public void A_colour_that_the_palette_lacks_is_black()
    {
        var sample = new PngSample(3, 4, 40, 40, interlaced: false) { Palette = [255, 128, 1, 9, 8, 7] };

        Picture picture = Picture.Decode(sample.Encode(), "sample.png");

        picture.Pixels.SequenceEqual(sample.Expected()).Should().BeTrue();
    }

    [Fact]
    public void The_header_is_read_without_the_pixels()
    {
        byte[] file = new PngSample(2, 8, 500, 300, interlaced: false) { Extra = { ("zzZz", new byte[100_000]) }, PieceBytes = 1 << 20 }.Encode();
        using var stream = new MemoryStream(file[..101_000]);

        PictureInfo info = PictureInfo.Read(stream, "sample.png");

        info.Should().Be(new PictureInfo(PictureFormat.Png, new PictureSize(500, 300), PictureOrientation.Upright));
    }

    [Fact]
    public void Every_truncation_is_told()
    {
        byte[] file = new PngSample(2, 8, 9, 9, interlaced: true).Encode();

        for (int length = 8; length < file.Length; length++)
        {
            Action reading = () => Picture.Decode(file.AsMemory(0, length), "cut.png");

            reading.Should().Throw<InputException>().WithMessage("cut.png: *truncated*");
        }
    }

    [Fact]
    public void Every_flipped_bit_in_chunks_that_matter_is_told()
    {
        byte[] file = new PngSample(6, 8, 9, 9, interlaced: false) { PieceBytes = 1 << 20 }.Encode();
        int end = file.AsSpan().IndexOf("tEXt"u8) - 4;

        for (int bit = 0; bit < 8 * end; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Action reading = () => Picture.Decode(damaged, "flipped.png");

            reading.Should().Throw<InputException>($"bit {bit} is flipped").WithMessage("flipped.png: *");
        }
    }

    [Fact]
    public void Too_few_rows_are_told_with_the_row()
    {
        var sample = new PngSample(0, 8, 4, 4, interlaced: false);
        byte[] file = WithPixels(sample, [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);

        Action reading = () => Picture.Decode(file, "few.png");

        reading.Should().Throw<InputException>().WithMessage("few.png: the pixel data of this PNG end at row 2 of 4; *");
    }

    [Fact]
    public void A_filter_that_does_not_exist_is_told()
    {
        byte[] file = WithPixels(new PngSample(0, 8, 4, 1, interlaced: false), [5, 1, 2, 3, 4]);

        Action reading = () => Picture.Decode(file, "filter.png");

        reading.Should().Throw<InputException>().WithMessage("filter.png: *filter 5*");
    }

    [Fact]
    public void A_header_that_promises_more_than_its_data_can_hold_costs_no_memory()
    {
        byte[] file = Resized(new PngSample(2, 8, 4, 4, interlaced: false).Encode(), 16384, 16384);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Action reading = () => Picture.Decode(file, "hostile.png");

        reading.Should().Throw<InputException>().WithMessage("hostile.png: *cannot hold the 16384 x 16384 pixels*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, "at most 268435456 are read")]
    [InlineData(-1, 5, "the format allows 2147483647 a side")]
    [InlineData(0, 5, "both sides must be at least 1")]
    [InlineData(16384, 16385, "at most 268435456 are read")]
    public void A_size_beyond_all_bounds_is_refused(int width, int height, string problem)
    {
        byte[] file = Resized(new PngSample(2, 8, 4, 4, interlaced: false).Encode(), width, height);

        Action reading = () => Picture.Decode(file, "hostile.png");

        reading.Should().Throw<InputException>().WithMessage($"hostile.png: *{problem}*");
    }

    [Fact]
    public void Of_data_that_inflate_without_end_no_more_than_the_picture_is_inflated()
    {
        var sample = new PngSample(0, 8, 4, 4, interlaced: false);
        byte[] file = WithPixels(sample, new byte[50_000_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Picture picture = Picture.Decode(file, "bomb.png");

        picture.Pixels.ToArray().Should().AllBeEquivalentTo(0);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    private static byte[] WithPixels(PngSample sample, byte[] filtered)
    {
        byte[] whole = sample.Encode();
        using var file = new MemoryStream();
        file.Write(whole.AsSpan(0, 33));
        PngSample.WriteChunk(file, "IDAT", PngSample.Deflate(filtered));
        PngSample.WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The same file with another size in a header whose checksum is right.</summary>
    private static byte[] Resized(byte[] file, int width, int height)
    {
        byte[] header = file[16..29];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header, width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        using var resized = new MemoryStream();
        resized.Write(file.AsSpan(0, 8));
        PngSample.WriteChunk(resized, "IHDR", header);
        resized.Write(file.AsSpan(33));
        return resized.ToArray();
    }
}
