using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;
using PluginPrune.Core.Tests.Images;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Augmentation;

public sealed class PatchPainterTests
{
    [Fact]
    public void Every_pixel_is_what_an_obvious_computation_makes_of_it()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            Picture source = Pictures.Noise(random.Next(2, 60), random.Next(2, 60), seed);
            var size = new PictureSize(random.Next(1, 80), random.Next(1, 80));
            var part = new Box(random.Next(0, source.Width / 2), random.Next(0, source.Height / 2), random.Next((source.Width / 2) + 1, source.Width + 1), random.Next((source.Height / 2) + 1, source.Height + 1));
            Affine map = Affine.Shift(-source.Width / 2.0, -source.Height / 2.0)
                .Then(Affine.Rotation(random.NextDouble() * 6.3))
                .Then(Affine.Scale(0.5 + random.NextDouble(), 0.5 + random.NextDouble()))
                .Then(Affine.Shear(random.NextDouble() - 0.5, random.NextDouble() - 0.5))
                .Then(Affine.Shift(size.Width / 2.0, size.Height / 2.0));
            var target = new Picture(size);
            target.Pixels.Fill(77);

            PatchPainter.Draw(TileOf(source), part, map, target);

            Compare(source, part, map, target);
        }
    }

    [Fact]
    public void Whole_steps_and_flips_move_bytes_and_change_none()
    {
        Picture source = Pictures.Noise(31, 17, 1);
        var target = new Picture(source.Size);
        PatchPainter.Draw(TileOf(source), new Box(0, 0, 31, 17), Affine.Flip(source.Size, horizontal: true, vertical: true), target);
        var back = new Picture(source.Size);
        PatchPainter.Draw(TileOf(target), new Box(0, 0, 31, 17), Affine.Flip(source.Size, horizontal: true, vertical: true), back);
        var moved = new Picture(source.Size);
        PatchPainter.Draw(TileOf(source), new Box(0, 0, 31, 17), Affine.Shift(-3, 5), moved);

        Pictures.LargestDifference(back, source).Should().Be(0);
        target.Row(0)[..3].SequenceEqual(source.Row(16)[^3..]).Should().BeTrue();
        moved.Row(5)[..(28 * 3)].SequenceEqual(source.Row(0)[9..]).Should().BeTrue();
        moved.Row(5)[(28 * 3)..].ToArray().Should().AllBeEquivalentTo((byte)0);
        moved.Row(4).ToArray().Should().AllBeEquivalentTo((byte)0);
    }

    private static Tile TileOf(Picture picture)
    {
        byte[] array = new byte[Tile.ByteCount(picture.Size)];
        array.AsSpan().Fill(255);
        picture.Pixels.CopyTo(array);
        return new Tile("a", new Picture(picture.Size, array), array, []);
    }

    private static void Compare(Picture source, Box part, Affine map, Picture target)
    {
        // By Cramer's rule, for want of trust in the inverse under test.
        double determinant = (map.A * map.E) - (map.B * map.D);
        for (int y = 0; y < target.Height; y++)
        {
            for (int x = 0; x < target.Width; x++)
            {
                double dx = x + 0.5 - map.C;
                double dy = y + 0.5 - map.F;
                double u = ((dx * map.E) - (dy * map.B)) / determinant;
                double v = ((map.A * dy) - (map.D * dx)) / determinant;
                double edge = Math.Min(Math.Min(u - part.Left, part.Right - u), Math.Min(v - part.Top, part.Bottom - v));
                if (Math.Abs(edge) < 1e-5)
                {
                    continue;
                }

                for (int channel = 0; channel < 3; channel++)
                {
                    double expected = edge < 0 ? 77 : Sample(source, u - 0.5, v - 0.5, channel);

                    // Noise is steep: 1 / 256 of a pixel is almost one step of 256, along each axis; then there is rounding, twice.
                    Math.Abs(target.Row(y)[(3 * x) + channel] - expected).Should().BeLessThan(edge < 0 ? 1e-9 : 3.2, "({0}, {1}) of {2}", x, y, map);
                }
            }
        }
    }

    private static double Sample(Picture source, double u, double v, int channel)
    {
        double x = Math.Clamp(u, 0, source.Width - 1);
        double y = Math.Clamp(v, 0, source.Height - 1);
        int left = (int)Math.Floor(x);
        int upper = (int)Math.Floor(y);
        double upperRow = double.Lerp(At(left, upper), At(left + 1, upper), x - left);
        double lowerRow = double.Lerp(At(left, upper + 1), At(left + 1, upper + 1), x - left);
        return double.Lerp(upperRow, lowerRow, y - upper);

        double At(int column, int row) => source.Row(Math.Min(row, source.Height - 1))[(3 * Math.Min(column, source.Width - 1)) + channel];
    }
}
