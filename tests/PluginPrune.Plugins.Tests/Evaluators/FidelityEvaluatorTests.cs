using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EvaluatorFidelity;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Evaluators;

public sealed class FidelityEvaluatorTests
{
    private static readonly Dataset Photos = new(
        "made", ["not", "the", "networks"], [.. Enumerable.Range(0, 6).Select(static i => Evaluations.Item($"{i}.ppm", PictureFiles.Ppm(150, 100 + (9 * i), i), new ObjectLabel(2, new Box(0, 0, 9, 9))))]);

    [Fact]
    public void A_network_is_true_to_itself()
    {
        EvaluationSubject subject = Evaluations.Subject(Evaluations.ReadSample());

        ImmutableArray<EvaluationResult> results = Evaluator(("conf", "0.05")).Evaluate(Evaluations.Context(Photos, null, subject, subject with { Name = "same" }), CancellationToken.None);

        results.Should().HaveCount(2);
        foreach (EvaluationResult result in results)
        {
            result.Metric("error").Should().Be(0);
            result.Metric("error of what varies").Should().Be(0);
            result.Metric("cosine").Should().BeApproximately(1, 1e-12);
            result.Metric("found again").Should().Be(1);
            result.Metric("new").Should().Be(0);
            result.Metric("score difference").Should().Be(0);
        }
    }

    [Fact]
    public void Differences_are_what_their_definitions_say()
    {
        EvaluationSubject first = Evaluations.Subject(Evaluations.ReadSample(), "first");
        EvaluationSubject second = first with { Name = "second", Network = Disturbed(first.Network, 0.02f) };
        EvaluationContext context = Evaluations.Context(Photos, null, first, second);

        EvaluationResult result = Evaluator(("conf", "0.05"), ("pictures", "4")).Evaluate(context, CancellationToken.None)[1];

        float[][][] wanted = Run(context, first.Network, 4);
        float[][][] found = Run(context, second.Network, 4);
        double difference = 0, squares = 0, other = 0, product = 0, variation = 0;
        for (int picture = 0; picture < 4; picture++)
        {
            for (int head = 0; head < wanted[picture].Length; head++)
            {
                float[] w = wanted[picture][head];
                float[] f = found[picture][head];
                difference += w.Zip(f, static (a, b) => ((double)a - b) * ((double)a - b)).Sum();
                squares += w.Sum(static a => (double)a * a);
                other += f.Sum(static a => (double)a * a);
                product += w.Zip(f, static (a, b) => (double)a * b).Sum();
                foreach (float[] channel in w.Chunk(first.Network.ShapeOf(first.Network.Outputs[head]).ElementsPerChannel))
                {
                    double mean = channel.Average(static a => (double)a);
                    variation += channel.Sum(a => (a - mean) * (a - mean));
                }
            }
        }

        result.Metric("error").Should().BeInRange(0.001, 1).And.BeApproximately(Math.Sqrt(difference / squares), 1e-9);
        result.Metric("error of what varies").Should().BeApproximately(Math.Sqrt(difference / variation), 1e-9);
        result.Metric("cosine").Should().BeApproximately(product / Math.Sqrt(squares * other), 1e-9);
        result.Metrics[0].Name.Should().Be("error of what varies");
        result.Tables.Single().Rows.Should().HaveCount(first.Network.Outputs.Length);
    }

    [Fact]
    public void Detections_agree_where_class_and_place_do()
    {
        EvaluationSubject first = Evaluations.Subject(Evaluations.ReadSample(), "first");
        EvaluationSubject second = first with { Name = "second", Network = Disturbed(first.Network, 0.05f) };
        EvaluationContext context = Evaluations.Context(Photos with { ClassNames = [] }, null, first, second);
        var settings = new DetectionSettings { Confidence = 0.05 };

        EvaluationResult result = Evaluator(("conf", "0.05")).Evaluate(context, CancellationToken.None)[1];

        ImmutableArray<Detection>[] wanted = [.. context.Services.Detect(context, first, settings, CancellationToken.None).Select(static picture => picture.Detections)];
        ImmutableArray<Detection>[] found = [.. context.Services.Detect(context, second, settings, CancellationToken.None).Select(static picture => picture.Detections)];
        int common = 0;
        double apart = 0;
        for (int picture = 0; picture < wanted.Length; picture++)
        {
            var left = found[picture].ToList();
            foreach (Detection detection in wanted[picture])
            {
                var near = left.Where(other => other.ClassIndex == detection.ClassIndex && other.Box.Iou(detection.Box) >= 0.5).ToList();
                if (near.Count > 0)
                {
                    Detection match = near.MaxBy(other => other.Box.Iou(detection.Box));
                    left.Remove(match);
                    common++;
                    apart += Math.Abs(match.Score - detection.Score);
                }
            }
        }

        common.Should().BePositive();
        result.Metric("found again").Should().BeApproximately((double)common / wanted.Sum(static list => list.Length), 1e-12).And.BeLessThan(1);
        result.Metric("new").Should().BeApproximately(1 - ((double)common / found.Sum(static list => list.Length)), 1e-12);
        result.Metric("score difference").Should().BeApproximately(apart / common, 1e-12).And.BePositive();
    }

    [Fact]
    public void Without_a_dataset_outputs_are_compared_on_generated_pictures()
    {
        EvaluationSubject first = Evaluations.Subject(Evaluations.ReadSample(), "first");
        EvaluationSubject second = first with { Name = "second", Network = Disturbed(first.Network, 0.02f) };
        var warnings = new List<string>();

        EvaluationResult result = Evaluator(("pictures", "2")).Evaluate(Evaluations.Context(null, warnings, first, second), CancellationToken.None)[1];

        result.Metric("error").Should().BePositive();
        result.Metric("found again").Should().Be(double.NaN);
        warnings.Should().BeEmpty();
    }

    [Fact]
    public void What_is_not_a_number_is_infinitely_far()
    {
        EvaluationSubject first = Evaluations.Subject(Evaluations.ReadSample(), "first");
        EvaluationSubject second = first with { Name = "second", Network = Disturbed(first.Network, float.NaN) };

        EvaluationResult result = Evaluator(("pictures", "1")).Evaluate(Evaluations.Context(null, null, first, second), CancellationToken.None)[1];

        result.Metric("error").Should().Be(double.PositiveInfinity);
        result.Metric("error of what varies").Should().Be(double.PositiveInfinity);
        result.Metric("cosine").Should().Be(double.NaN);
    }

    [Fact]
    public void Networks_of_other_shapes_are_refused()
    {
        EvaluationSubject first = Evaluations.Subject(Evaluations.ReadSample(), "first");
        EvaluationSubject second = first with { Name = "second", Network = first.Network.WithInputSize(64, 96) };

        Action compare = () => Evaluator().Evaluate(Evaluations.Context(null, null, first, second), CancellationToken.None);

        compare.Should().Throw<EvaluationException>().Which.Message.Should().ContainAll("'first'", "'second'", "64 x 96");
    }

    [Fact]
    public void Heads_that_nobody_decodes_leave_the_detections_out()
    {
        var builder = new NetworkBuilder(3, height: 32, width: 32);
        builder.Head(builder.Conv(builder.ConvNormAct("input", 8), 6, 1, bias: true));
        EvaluationContext context = new([Evaluations.Subject(builder.Build())], new PluginPrune.Core.Evaluation.EvaluationServices(static _ => new Classifier(), null)) { Dataset = Photos };

        EvaluationResult result = Evaluator().Evaluate(context, CancellationToken.None).Single();

        result.Metric("error").Should().Be(0);
        result.Metric("found again").Should().Be(double.NaN);
    }

    private static IEvaluator Evaluator(params (string, string)[] options) => PluginFactory.Create<FidelityEvaluatorPlugin, IEvaluator>("fidelity", options);

    private static float[][][] Run(EvaluationContext context, Network network, int pictures)
    {
        using IExecutable<float> executable = Evaluations.Engine().Compile(network);
        return [.. context.Services.ReadBatches(context, network, 1, CancellationToken.None).Take(pictures)
            .Select(batch => executable.Run([batch], network.Outputs, CancellationToken.None).Select(static output => output.Elements).ToArray())];
    }

    private static Network Disturbed(Network network, float scale)
    {
        var random = new Random(3);
        return network.With(
            network.Nodes.Select(node => node.Operation is Convolution convolution
                ? node with { Operation = convolution with { Weight = convolution.Weight.WithFloats([.. convolution.Weight.Floats.ToArray().Select(value => value + (scale * ((2 * random.NextSingle()) - 1)))]) } }
                : node),
            network.Heads);
    }

    private sealed class Classifier : PluginPrune.Contracts.Heads.IHead
    {
        public PluginPrune.Contracts.Heads.HeadLayout Describe(Head head, Shape input) => new(0, input.Channels, []);
    }
}
