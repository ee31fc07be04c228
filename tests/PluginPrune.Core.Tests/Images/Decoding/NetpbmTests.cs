using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Images.Decoding;

public sealed class NetpbmTests
{
    [Fact]
    public void A_ppm_is_taken_as_it_is()
    {
        Picture picture = Picture.Decode(File("P6\n2 1\n255\n", 1, 2, 3, 4, 5, 6), "a.ppm");

        picture.Size.Should().Be(new PictureSize(2, 1));
        picture.Pixels.ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void A_pgm_becomes_three_equal_channels()
    {
        Picture picture = Picture.Decode(File("P5 # a comment\n# another\r\n1\t2 255\n", 7, 200), "a.pgm");

        picture.Size.Should().Be(new PictureSize(1, 2));
        picture.Pixels.ToArray().Should().Equal(7, 7, 7, 200, 200, 200);
    }

    [Fact]
    public void Another_white_is_scaled_to_255_and_what_is_above_it_is_white()
    {
        Picture picture = Picture.Decode(File("P5\n4 1\n100\n", 0, 50, 100, 200), "a.pgm");

        picture.Pixels.ToArray().Chunk(3).Select(static pixel => pixel[0]).Should().Equal(0, 128, 255, 255);
    }

    [Fact]
    public void Samples_of_two_bytes_begin_with_the_upper_one()
    {
        Picture picture = Picture.Decode(File("P6\n1 1\n65535\n", 255, 255, 128, 0, 0, 0), "a.ppm");

        picture.Pixels.ToArray().Should().Equal(255, 128, 0);
    }

    [Theory]
    [InlineData("P6\n2 1\n255\n", "must have 6 bytes of them and has 3; it is truncated")]
    [InlineData("P6\n2 x\n255\n", "the byte 120 where a number is wanted")]
    [InlineData("P6\n2 1\n0\n", "says 0 for white")]
    [InlineData("P6\n2 1\n70000\n", "says 70000 for white")]
    [InlineData("P6\n0 1\n255\n", "both sides must be at least 1")]
    [InlineData("P6\n99999999999999999999 1\n255\n", "at most 268435456 are read")]
    [InlineData("P6\n16000 16000\n255\n", "must have 768000000 bytes")]
    public void A_bad_one_is_refused(string header, string problem)
    {
        Action reading = () => Picture.Decode(File(header, 1, 2, 3), "bad.ppm");

        reading.Should().Throw<InputException>().WithMessage($"bad.ppm: *{problem}*");
    }

    [Theory]
    [InlineData("P6")]
    [InlineData("P6\n12")]
    [InlineData("P6\n12 # no more")]
    [InlineData("P6\n12 12\n255")]
    public void One_that_ends_in_its_header_is_truncated(string text)
    {
        Action reading = () => Picture.Decode(File(text + "\n"[..(text.Length == 2 ? 1 : 0)]), "cut.ppm");

        reading.Should().Throw<InputException>().WithMessage("cut.ppm: *within its header; it is truncated*");
    }

    private static byte[] File(string header, params byte[] pixels) => [.. Encoding.ASCII.GetBytes(header), .. pixels];
}
