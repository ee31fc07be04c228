using PluginPrune.Contracts;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Images.Decoding;

public sealed class BmpTests
{
    [Fact]
    public void Rows_of_24_bits_stand_on_their_head_in_blue_green_red()
    {
        byte[] file = File(2, 2, 24, [], [1, 2, 3, 4, 5, 6, 0, 0], [7, 8, 9, 10, 11, 12, 0, 0]);

        Picture picture = Picture.Decode(file, "a.bmp");

        picture.Pixels.ToArray().Should().Equal(9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4);
    }

    [Fact]
    public void A_negative_height_means_from_the_top()
    {
        byte[] file = File(1, -2, 24, [], [1, 2, 3, 0], [7, 8, 9, 0]);

        Picture picture = Picture.Decode(file, "a.bmp");

        picture.Size.Should().Be(new PictureSize(1, 2));
        picture.Pixels.ToArray().Should().Equal(3, 2, 1, 9, 8, 7);
    }

    [Fact]
    public void Of_32_bits_the_fourth_byte_is_dropped()
    {
        byte[] file = File(2, 1, 32, [], [1, 2, 3, 99, 4, 5, 6, 99]);

        Picture picture = Picture.Decode(file, "a.bmp");

        picture.Pixels.ToArray().Should().Equal(3, 2, 1, 6, 5, 4);
    }

    [Theory]
    [InlineData(8, new byte[] { 1, 0, 1, 0 })]
    [InlineData(4, new byte[] { 0x10, 0x10, 0, 0 })]
    [InlineData(1, new byte[] { 0b1010_0000, 0, 0, 0 })]
    public void Palettes_of_8_4_and_1_bits_are_looked_up(int bits, byte[] row)
    {
        byte[] file = File(3, 1, bits, [10, 20, 30, 0, 40, 50, 60, 0], row);

        Picture picture = Picture.Decode(file, "a.bmp");

        picture.Pixels.ToArray().Should().Equal(60, 50, 40, 30, 20, 10, 60, 50, 40);
    }

    [Fact]
    public void The_oldest_header_is_read()
    {
        byte[] file = [(byte)'B', (byte)'M', 0, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0, 1, 0, 1, 0, 1, 0, 24, 0, 1, 2, 3, 0];

        Picture picture = Picture.Decode(file, "a.bmp");

        picture.Pixels.ToArray().Should().Equal(3, 2, 1);
    }

    [Fact]
    public void Compressed_ones_are_refused()
    {
        byte[] file = File(2, 1, 8, [], [0, 0, 0, 0]);
        file[30] = 1;

        Action reading = () => Picture.Decode(file, "rle.bmp");

        reading.Should().Throw<InputException>().WithMessage("rle.bmp: *8 bits a pixel with compression 1*");
    }

    [Fact]
    public void A_truncated_one_is_told()
    {
        byte[] file = File(2, 2, 24, [], [1, 2, 3, 4, 5, 6, 0, 0], [7, 8, 9, 10, 11, 12, 0]);

        Action reading = () => Picture.Decode(file, "cut.bmp");

        reading.Should().Throw<InputException>().WithMessage("cut.bmp: *must have 70 bytes and has 69; it is truncated*");
    }

    private static byte[] File(int width, int height, int bits, byte[] palette, params byte[][] rows)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("BM"u8);
        writer.Write(0);
        writer.Write(0);
        writer.Write(54 + palette.Length);
        writer.Write(40);
        writer.Write(width);
        writer.Write(height);
        writer.Write((short)1);
        writer.Write((short)bits);
        writer.Write(new byte[24]);
        writer.Write(palette);
        foreach (byte[] row in rows)
        {
            writer.Write(row);
        }

        return file.ToArray();
    }
}
