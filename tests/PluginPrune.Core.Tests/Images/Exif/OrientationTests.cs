using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Exif;

namespace PluginPrune.Core.Tests.Images.Exif;

public sealed class OrientationTests
{
    public static TheoryData<int, bool> All
    {
        get
        {
            var all = new TheoryData<int, bool>();
            foreach (int orientation in Enumerable.Range(1, 8))
            {
                all.Add(orientation, true);
                all.Add(orientation, false);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_png_of_any_orientation_stands_upright(int orientation, bool isLittle)
    {
        Picture upright = Pictures.Noise(71, 37, seed: orientation);
        byte[] file = ExifSample.InPng(Pictures.Png(Stored(upright, orientation)), ExifSample.Tiff(orientation, isLittle));

        Picture picture = Picture.Decode(file, "turned.png");

        Pictures.LargestDifference(picture, upright).Should().Be(0);
        using var stream = new MemoryStream(file);
        var info = PictureInfo.Read(stream, "turned.png");
        info.Size.Should().Be(upright.Size);
        info.Orientation.Should().Be((PictureOrientation)orientation);
    }

    [TurboJpegTheory]
    [MemberData(nameof(All))]
    public void A_jpeg_of_any_orientation_stands_upright(int orientation, bool isLittle)
    {
        Picture upright = Pictures.Slopes(80, 48);
        byte[] file = ExifSample.InJpeg(Pictures.Jpeg(Stored(upright, orientation)), ExifSample.Tiff(orientation, isLittle));

        Picture picture = Picture.Decode(file, "turned.jpg");

        Pictures.LargestDifference(picture, upright).Should().BeLessThan(8);
        using var stream = new MemoryStream(file);
        PictureInfo.Read(stream, "turned.jpg").Should().Be(
            new PictureInfo(PictureFormat.Jpeg, orientation < 5 ? upright.Size : upright.Size.Turned, (PictureOrientation)orientation));
    }

    [Fact]
    public void Damaged_data_count_as_absent()
    {
        byte[] tiff = ExifSample.Tiff(6, isLittle: true);
        ExifReader.ReadOrientation(tiff).Should().Be(PictureOrientation.Rotate90);

        for (int length = 0; length < 34; length++)
        {
            ExifReader.ReadOrientation(tiff.AsSpan(0, length)).Should().Be(PictureOrientation.Upright);
        }

        ExifReader.ReadOrientation(ExifSample.Tiff(0, isLittle: true)).Should().Be(PictureOrientation.Upright);
        ExifReader.ReadOrientation(ExifSample.Tiff(9, isLittle: false)).Should().Be(PictureOrientation.Upright);
    }

    /// <summary>How a camera stores a picture; the standard's table says which side the first row and column lie at.</summary>
    private static Picture Stored(Picture upright, int orientation)
    {
        int right = upright.Width - 1;
        int bottom = upright.Height - 1;
        var stored = new Picture(orientation < 5 ? upright.Size : upright.Size.Turned);
        for (int row = 0; row < stored.Height; row++)
        {
            for (int column = 0; column < stored.Width; column++)
            {
                (int x, int y) = orientation switch
                {
                    1 => (column, row),
                    2 => (right - column, row),
                    3 => (right - column, bottom - row),
                    4 => (column, bottom - row),
                    5 => (row, column),
                    6 => (right - row, column),
                    7 => (right - row, bottom - column),
                    _ => (row, bottom - column),
                };
                upright.Row(y).Slice(3 * x, 3).CopyTo(stored.Row(row)[(3 * column)..]);
            }
        }

        return stored;
    }
}
