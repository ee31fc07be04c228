using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Distillation;

public sealed class FeatureLossTests
{
    private static readonly Shape Wide = new(5, 3, 4);
    private static readonly Shape Narrow = new(2, 3, 4);

    [Theory]
    [InlineData(5, 1.0)]
    [InlineData(5, 0.3)]
    [InlineData(2, 1.0)]
    [InlineData(2, 2.5)]
    [InlineData(9, 1.0)]
    public void It_is_what_its_definition_says_and_so_is_its_gradient(int channels, double gain)
    {
        Batch<double> teacher = Random(Wide, 3, seed: 1);
        Batch<double> student = Random(Wide.WithChannels(channels), 3, seed: 2);
        var gradient = new Batch<double>(3, student.Shape, new double[student.Elements.Length]);

        double loss = FeatureLoss.Compute(student, teacher, gain, gradient);

        Func<Batch<double>, Batch<double>, double> obvious = channels == Wide.Channels ? MeanSquare : Attention;
        loss.Should().BeApproximately(gain * obvious(student, teacher), 1e-12);
        for (int i = 0; i < student.Elements.Length; i++)
        {
            const double Step = 1e-6;
            double before = student.Elements[i];
            student.Elements[i] = before + Step;
            double above = obvious(student, teacher);
            student.Elements[i] = before - Step;
            double below = obvious(student, teacher);
            student.Elements[i] = before;
            gradient.Elements[i].Should().BeApproximately(gain * (above - below) / (2 * Step), 1e-6, $"element {i}");
        }
    }

    [Fact]
    public void Who_looks_where_the_teacher_looks_has_nothing_to_learn_however_loud()
    {
        // Two channels that together have the energy of five, at each place, times 7.
        Batch<double> teacher = Random(Wide, 2, seed: 3);
        var student = new Batch<double>(2, Narrow, new double[2 * Narrow.Count]);
        for (int i = 0; i < 24; i++)
        {
            double[] map = Map(teacher, i / 12);
            student[i / 12][i % 12] = 7 * Math.Sqrt(0.25 * map[i % 12]);
            student[i / 12][12 + (i % 12)] = -7 * Math.Sqrt(0.75 * map[i % 12]);
        }

        var gradient = new Batch<double>(2, Narrow, new double[student.Elements.Length]);

        FeatureLoss.Compute(student, teacher, 1, gradient).Should().BeLessThan(1e-15);
        gradient.Elements.Should().OnlyContain(static slope => Math.Abs(slope) < 1e-12);
    }

    [Fact]
    public void Pictures_on_which_nothing_is_active_give_numbers()
    {
        var silent = new Batch<float>(1, Narrow, new float[Narrow.Count]);
        var gradient = new Batch<float>(1, Narrow, new float[Narrow.Count]);
        var teacher = new Batch<float>(1, Wide, [.. Random(Wide, 1, seed: 4).Elements.Select(static x => (float)x)]);

        FeatureLoss.Compute(silent, teacher, 1, gradient).Should().BeApproximately(1, 1e-6, "the teacher's map has norm 1");
        gradient.Elements.Should().OnlyContain(static slope => float.IsFinite(slope));
        FeatureLoss.Compute(silent, new Batch<float>(1, Wide, new float[Wide.Count]), 1, gradient).Should().Be(0);
    }

    [Fact]
    public void Single_precision_gives_the_same_to_seven_digits()
    {
        var student = new Batch<float>(2, Narrow, [.. Random(Narrow, 2, seed: 5).Elements.Select(static x => (float)x)]);
        var teacher = new Batch<float>(2, Wide, [.. Random(Wide, 2, seed: 6).Elements.Select(static x => (float)x)]);
        var gradient = new Batch<float>(2, Narrow, new float[student.Elements.Length]);
        var precise = new Batch<double>(2, Narrow, new double[student.Elements.Length]);

        double loss = FeatureLoss.Compute(student, teacher, 1, gradient);

        loss.Should().Be(FeatureLoss.Compute(Double(student), Double(teacher), 1, precise));
        gradient.Elements.Should().Equal(precise.Elements.Select(static slope => (float)slope));
    }

    [Fact]
    public void Other_places_are_refused()
    {
        Batch<double> student = Random(Narrow, 2, seed: 1);
        Action act = () => FeatureLoss.Compute(student, Random(new Shape(2, 4, 3), 2, seed: 2), 1, student);

        act.Should().Throw<ArgumentException>().WithMessage("The student's value is 2 x 2 x 3 x 4, the teacher's 2 x 2 x 4 x 3; only channels may differ.*");
    }

    private static double MeanSquare(Batch<double> student, Batch<double> teacher) =>
        student.Elements.Zip(teacher.Elements, static (s, t) => Math.Pow(s - t, 2)).Average();

    private static double Attention(Batch<double> student, Batch<double> teacher) => Enumerable.Range(0, student.Size).Average(picture =>
    {
        double[] own = Map(student, picture);
        double[] wanted = Map(teacher, picture);
        double norm = Math.Sqrt(own.Sum(static x => x * x));
        double wantedNorm = Math.Sqrt(wanted.Sum(static x => x * x));
        return own.Zip(wanted, (a, b) => Math.Pow((a / norm) - (b / wantedNorm), 2)).Sum();
    });

    // The sum over channels of squares, at each place.
    private static double[] Map(Batch<double> value, int picture)
    {
        double[] all = value[picture].ToArray();
        int places = value.Shape.ElementsPerChannel;
        return [.. Enumerable.Range(0, places).Select(place => Enumerable.Range(0, value.Shape.Channels).Sum(c => Math.Pow(all[(c * places) + place], 2)))];
    }

    private static Batch<double> Double(Batch<float> batch) => new(batch.Size, batch.Shape, [.. batch.Elements.Select(static x => (double)x)]);

    private static Batch<double> Random(Shape shape, int size, int seed)
    {
        var random = new Random(seed);
        return new Batch<double>(size, shape, [.. Enumerable.Range(0, size * shape.Count).Select(_ => (random.NextDouble() * 2) - 1)]);
    }
}
