using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Decoding.Jpeg;

namespace PluginPrune.Core.Tests.Images.Decoding;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("GIF89a......", "a GIF picture")]
    [InlineData("RIFF....WEBPVP8 ", "a WebP picture")]
    [InlineData("RIFF....WAVE\u0001\u0002", "no known picture (it begins with 524946462E2E2E2E)")]
    [InlineData("II*\0........", "a TIFF picture")]
    [InlineData("....ftypavif....", "an AVIF picture")]
    [InlineData("....ftypheic....", "an HEIF picture")]
    [InlineData("....ftypisom....", "a video, or a picture kept as one")]
    [InlineData("P3\n1 1 255 1 2 3", "a Netpbm picture of kind P3")]
    [InlineData("<!DOCTYPE html><p>404", "an HTML page: a download that failed, perhaps")]
    [InlineData("<?xml version='1.0'?><svg>", "an SVG drawing")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid", "a pointer of Git LFS, not the file itself ('git lfs pull' fetches that)")]
    [InlineData("images/train/1.jpg\n", "a text that begins with 'images/train/1.jpg'")]
    [InlineData("BMW and others", "a text that begins with 'BMW and others'")]
    [InlineData("PK\u0003\u0004\u0014\0", "a zip archive")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "a file of zeros")]
    public void What_is_no_picture_is_called_what_it_is(string content, string what)
    {
        byte[] file = Encoding.Latin1.GetBytes(content);
        using var stream = new MemoryStream(file);

        Action decoding = () => Picture.Decode(file, "photos/x.jpg");
        Action probing = () => PictureInfo.Read(stream, "photos/x.jpg");

        string message = $"photos/x.jpg: this is {what}. Pictures must be JPEG, PNG, BMP, PPM (P6) or PGM (P5); convert it.";
        decoding.Should().Throw<InputException>().Which.Message.Should().Be(message);
        probing.Should().Throw<InputException>().Which.Message.Should().Be(message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        Action reading = () => Picture.Read(Path.Combine(Path.GetTempPath(), "no such picture.jpg"));

        reading.Should().Throw<InputException>().WithMessage("*no such picture.jpg: the picture cannot be read: *");
    }

    [Fact]
    public void Without_the_JPEG_library_the_error_says_how_to_get_it()
    {
        Action loading = () => TurboJpeg.Load(["no-such-turbojpeg.so.7"]);

        loading.Should().Throw<JpegLibraryException>().WithMessage("*none of no-such-turbojpeg.so.7 is there.*'apt-get install libturbojpeg0'*");
    }
}
