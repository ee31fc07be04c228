using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadClassify;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.HeadClassify;

public sealed class ClassifyHeadTests
{
    private const int Classes = 5;

    private static readonly Shape Picture = new(3, 32, 32);

    private readonly Random _random = new(7);

    [Fact]
    public void Probabilities_are_the_softmax_of_the_logits_whatever_their_size()
    {
        var head = PluginFactory.Create<HeadClassifyPlugin, IClassificationHead>("classify");
        float[] probabilities = new float[3];

        head.Classify(HeadOf(3), new Shape(3), [1000f, 1001f, -1000f], probabilities);

        double other = 1 / (1 + Math.E);
        probabilities[0].Should().BeApproximately((float)other, 1e-6f);
        probabilities[1].Should().BeApproximately((float)(1 - other), 1e-6f);
        probabilities[2].Should().Be(0);
        head.Describe(HeadOf(3), new Shape(3, 1, 1)).Should().BeEquivalentTo(new { Anchors = 0, Classes = 3 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void The_loss_is_what_its_definition_gives_and_its_gradients_are_its_differences(double smoothing)
    {
        IReadOnlyList<TrainingTarget>[] targets = [[new(2, default)], [], [new(0, default, 0.3), new(4, default, 0.7)], [new(1, default, 0.25), new(1, default, 0.25)]];
        double[] values = Logits(targets.Length);
        double[][] wanted = [.. targets.Select(picture => Enumerable.Range(0, Classes)
            .Select(k => picture.Sum(target => target.Weight * (((k == target.ClassIndex ? 1 : 0) * (1 - smoothing)) + (smoothing / Classes)))).ToArray())];

        HeadLoss<double> loss = Loss(values, targets, smoothing);

        loss.Terms.Should().ContainSingle().Which.Name.Should().Be("class");
        loss.Terms[0].Value.Should().BeApproximately(Obvious(values), 1e-12);
        Loss([.. values, .. values], [.. targets, .. targets], smoothing).Terms[0].Value.Should().BeApproximately(loss.Terms[0].Value, 1e-12, "a batch given twice over has the same loss");
        CheckGradient(values, Obvious, loss.Gradient.Elements);

        double Obvious(double[] x) => Enumerable.Range(0, targets.Length).Average(i =>
        {
            double[] own = x[(i * Classes)..((i + 1) * Classes)];
            double sum = own.Sum(Math.Exp);
            return -Enumerable.Range(0, Classes).Sum(k => wanted[i][k] * Math.Log(Math.Exp(own[k]) / sum));
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_a_teacher_says_is_learnt_as_a_divergence_at_a_temperature(double temperature)
    {
        double[] values = Logits(3);
        double[] teacher = Logits(3);
        var head = (IDistillableHead)PluginFactory.Create<HeadClassifyPlugin, ITrainableHead>("classify");

        HeadLoss<double> loss = Learn(values);

        loss.Terms[0].Value.Should().BeApproximately(Obvious(values), 1e-12).And.BeGreaterThan(0);
        CheckGradient(values, Obvious, loss.Gradient.Elements);
        Learn(teacher).Terms[0].Value.Should().BeApproximately(0, 1e-12);
        Learn(teacher).Gradient.Elements.Should().OnlyContain(static slope => Math.Abs(slope) < 1e-12);

        HeadLoss<double> Learn(double[] x) => head.ComputeDistillation(new HeadDistillation<double>
        {
            Head = HeadOf(Classes),
            Values = new Batch<double>(3, new Shape(Classes), x),
            Teacher = HeadOf(Classes),
            TeacherValues = new Batch<double>(3, new Shape(Classes, 1, 1), teacher),
            Picture = Picture,
            Temperature = temperature,
            ScoreGain = 0.5,
        });

        double Obvious(double[] x) => 0.5 * temperature * temperature * Enumerable.Range(0, 3).Average(i =>
        {
            double[] p = Soften(x, i);
            double[] q = Soften(teacher, i);
            return Enumerable.Range(0, Classes).Sum(k => q[k] * Math.Log(q[k] / p[k]));
        });

        double[] Soften(double[] x, int i)
        {
            double[] powers = [.. x[(i * Classes)..((i + 1) * Classes)].Select(logit => Math.Exp(logit / temperature))];
            return [.. powers.Select(power => power / powers.Sum())];
        }
    }

    [Fact]
    public void Single_precision_gives_what_double_gives()
    {
        IReadOnlyList<TrainingTarget>[] targets = [[new(2, default)], [new(0, default, 0.3), new(4, default, 0.7)]];
        double[] values = Logits(2);
        ITrainableHead head = Create(0.1);

        HeadLoss<float> single = head.ComputeLoss(HeadOf(Classes), Picture, new Batch<float>(2, new Shape(Classes), [.. values.Select(static value => (float)value)]), targets);

        HeadLoss<double> twice = Loss(values, targets, 0.1);
        single.Terms[0].Value.Should().BeApproximately(twice.Terms[0].Value, 1e-6);
        single.Gradient.Elements.Zip(twice.Gradient.Elements).Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    [Fact]
    public void What_does_not_go_together_is_refused_with_the_heads_name()
    {
        Refusal(() => Loss(new double[Classes], [[new TrainingTarget(5, default)]], 0)).Should().Contain("7.classify").And.Contain("5 classes").And.Contain("class 5");
        Refusal(() => Loss(new double[Classes], [[new TrainingTarget(1, new Box(1, 1, 2, 2))]], 0)).Should().Contain("objects in boxes");
        Refusal(() => Loss(new double[Classes], [], 0)).Should().Contain("1 pictures and the classes of 0");
        Refusal(() => Create(0).Describe(HeadOf(4), new Shape(5))).Should().Contain("4 classes and reads 5");
        Refusal(() => Create(0).Describe(HeadOf(5), new Shape(5, 2, 2))).Should().Contain("5 x 2 x 2");

        static string Refusal(Action action) => Assert.Throws<HeadException>(action).Message;
    }

    private static Head HeadOf(int classes) => new(
        "7.classify", "classify", "6.fc", ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("classes", [classes]), new NodeOrigin("7", "softmax", 70));

    private static ITrainableHead Create(double smoothing) => PluginFactory.Create<HeadClassifyPlugin, ITrainableHead>(
        "classify", ("smoothing", smoothing.ToString(CultureInfo.InvariantCulture)));

    private static HeadLoss<double> Loss(double[] values, IReadOnlyList<TrainingTarget>[] targets, double smoothing) =>
        Create(smoothing).ComputeLoss(HeadOf(Classes), Picture, new Batch<double>(values.Length / Classes, new Shape(Classes), values), targets);

    private static void CheckGradient(double[] values, Func<double[], double> loss, double[] gradient)
    {
        const double Step = 1e-5;
        for (int i = 0; i < values.Length; i++)
        {
            double[] up = [.. values];
            double[] down = [.. values];
            up[i] += Step;
            down[i] -= Step;
            gradient[i].Should().BeApproximately((loss(up) - loss(down)) / (2 * Step), 1e-8);
        }
    }

    private double[] Logits(int pictures) => [.. Enumerable.Range(0, pictures * Classes).Select(_ => (_random.NextDouble() * 8) - 4)];
}
