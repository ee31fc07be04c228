using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Distillation;

/// <summary>What a network learns from a teacher: which of its parts learn from which, and what they learn.</summary>
public sealed class DistillationLossTests
{
    private static readonly Network Student = TinyDetectors.Make(1, 4, name: "student");
    private static readonly Network Wide = TinyDetectors.Make(2, 6, name: "wide");

    private readonly IEngine _engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(0, 1, 0.5, 2, 3)]
    [InlineData(0.25, 0, 0, 4, 1)]
    [InlineData(1, 0.5, 0, 0, 2)]
    public void It_is_the_sum_of_its_parts(double labels, double logits, double boxes, double features, double temperature)
    {
        using var teacher = new Teacher(Wide, _engine, Student.Inputs[0]);
        var settings = new DistillationSettings { Labels = labels, Logits = logits, Boxes = boxes, Features = features, Temperature = temperature };
        DistillationLoss loss = DistillationLoss.Of(Student, teacher, settings, features: null, TinyDetectors.FindHead);
        TrainingBatch batch = Batch(32);
        ImmutableArray<Batch<float>> values = Run(Student, batch, loss.Values);

        (ImmutableArray<LossTerm> terms, ImmutableArray<Batch<float>> gradients) = loss.Compute(batch, values, CancellationToken.None);

        string[] inner = features > 0 ? ["n8", "n5"] : [];
        loss.Values.Should().Equal([.. Student.Heads.Select(static head => head.Input), .. inner]);
        double[][] wanted = [.. values.Select(static value => new double[value.Elements.Length])];
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        ImmutableArray<Batch<float>> taught = Run(Wide, batch, loss.Values);
        for (int i = 0; i < 2; i++)
        {
            var head = (IDistillableHead)TinyDetectors.FindHead("yolo");
            if (labels > 0)
            {
                Add(i, ((ITrainableHead)head).ComputeLoss(Student.Heads[i], batch.Input.Shape, values[i], batch.Targets), labels, string.Empty);
            }

            if (logits + boxes > 0)
            {
                Add(i, head.ComputeDistillation(new HeadDistillation<float>
                {
                    Head = Student.Heads[i],
                    Values = values[i],
                    Teacher = Wide.Heads[i],
                    TeacherValues = taught[i],
                    Picture = batch.Input.Shape,
                    Temperature = temperature,
                    ScoreGain = logits,
                    BoxGain = boxes,
                }), 1, "teacher ");
            }
        }

        for (int i = 2; i < values.Length; i++)
        {
            var gradient = new Batch<float>(values[i].Size, values[i].Shape, new float[values[i].Elements.Length]);
            Add(i, new HeadLoss<float>([new LossTerm("features", FeatureLoss.Compute(values[i], taught[i], features, gradient))], gradient), 1, "teacher ");
        }

        terms.Select(static term => term.Name).Should().Equal(sums.Keys);
        terms.Should().OnlyContain(term => Math.Abs(term.Value - sums[term.Name]) < 1e-6 * Math.Max(1, sums[term.Name]));
        for (int i = 0; i < values.Length; i++)
        {
            gradients[i].Elements.Zip(wanted[i]).Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) < 1e-6 * Math.Max(1, Math.Abs(pair.Second)));
        }

        void Add(int at, HeadLoss<float> part, double gain, string prefix)
        {
            foreach (LossTerm term in part.Terms)
            {
                sums[prefix + term.Name] = sums.GetValueOrDefault(prefix + term.Name) + (gain * term.Value);
            }

            for (int i = 0; i < wanted[at].Length; i++)
            {
                wanted[at][i] += gain * part.Gradient.Elements[i];
            }
        }
    }

    [Fact]
    public void A_copy_has_nothing_to_learn_from_the_original()
    {
        using var teacher = new Teacher(Student, _engine, Student.Inputs[0]);
        DistillationLoss loss = DistillationLoss.Of(Student, teacher, new DistillationSettings { Labels = 0 }, features: null, TinyDetectors.FindHead);
        TrainingBatch batch = Batch(32);

        (ImmutableArray<LossTerm> terms, _) = loss.Compute(batch, Run(Student, batch, loss.Values), CancellationToken.None);

        terms.Should().HaveCount(4).And.OnlyContain(static term => Math.Abs(term.Value) < 1e-6);
    }

    [Fact]
    public void The_teacher_is_shown_pictures_of_whatever_size_the_student_is()
    {
        using var teacher = new Teacher(Wide.WithInputSize(64, 96), _engine, Student.Inputs[0]);
        DistillationLoss loss = DistillationLoss.Of(Student, teacher, new DistillationSettings(), features: null, TinyDetectors.FindHead);
        foreach (int size in new[] { 32, 64, 48, 32 })
        {
            TrainingBatch batch = Batch(size);

            (ImmutableArray<LossTerm> terms, _) = loss.Compute(batch, Run(Student, batch, loss.Values), CancellationToken.None);

            teacher.Network.Inputs[0].Shape.Should().Be(new Shape(3, size, size));
            terms.Should().OnlyContain(static term => double.IsFinite(term.Value) && term.Value > 0);
        }
    }

    [Fact]
    public void Layers_can_be_named()
    {
        using var teacher = new Teacher(Wide, _engine, Student.Inputs[0]);

        DistillationLoss loss = DistillationLoss.Of(Student, teacher, new DistillationSettings(), [("n4", "n3"), ("n2", "n2")], TinyDetectors.FindHead);

        loss.Features.Should().Equal(new FeaturePair("n4", "n3"), new FeaturePair("n2", "n2"));
    }

    [Theory]
    [InlineData("classes", "Head 'n9.head' (layer n9 [yolo]) has 2 classes; Head 'n9.head' (layer n9 [yolo]) of the teacher, from which it would learn, has 5. As many are wanted.*logits=0,boxes=0.")]
    [InlineData("anchors", "Head 'n9.head' * has 2 anchors; * of the teacher, from which it would learn, has 3. As many are wanted.*")]
    [InlineData("kind", "Head 'n9.head' (layer n9 [yolo]) is a yolo with 4 x 4 cells; the teacher 'other' has a region with 4 x 4 cells, a region with 8 x 8 cells. Take another teacher,*")]
    [InlineData("headless", "*; the teacher 'other' has no heads. *")]
    public void Heads_that_do_not_go_together_are_told(string what, string message)
    {
        Network other = what switch
        {
            "classes" => TinyDetectors.Make(3, 4, classes: 5, name: "other"),
            "anchors" => TinyDetectors.Make(3, 4, anchors: 3, name: "other"),
            "kind" => TinyDetectors.Make(3, 4, kind: "region", name: "other"),
            _ => TinyDetectors.Make(3, 4, name: "other").With(Wide.Nodes, []),
        };
        using var teacher = new Teacher(other, _engine, Student.Inputs[0]);

        Prepare(teacher, new DistillationSettings()).Should().Throw<DistillationException>().WithMessage(message);
    }

    [Fact]
    public void Inner_layers_are_learned_from_a_teacher_of_other_classes()
    {
        using var teacher = new Teacher(TinyDetectors.Make(3, 4, classes: 5), _engine, Student.Inputs[0]);

        Prepare(teacher, new DistillationSettings { Logits = 0, Boxes = 0 }).Should().NotThrow();
        Prepare(teacher, new DistillationSettings { Logits = 0 }).Should().NotThrow("boxes have no classes");
    }

    [Theory]
    [InlineData("n2", "n5", "n2 (layer n2 [activation]), which is 4 x 16 x 16, cannot learn from n5 (layer n5 [activation]), which is 6 x 8 x 8, of the teacher: as many places are wanted*")]
    [InlineData("n55", "n5", "'student' has no layer 'n55'. Did you mean n5*")]
    [InlineData("n5", "x", "'wide' has no layer 'x'. *")]
    public void Layers_that_do_not_go_together_are_told(string own, string other, string message)
    {
        using var teacher = new Teacher(Wide, _engine, Student.Inputs[0]);

        Prepare(teacher, new DistillationSettings(), (own, other)).Should().Throw<DistillationException>().WithMessage(message);
    }

    [Fact]
    public void Teachers_that_take_no_such_pictures_are_told()
    {
        var flat = new NetworkBuilder(1, 3, 32, 32);
        flat.Head(flat.Linear(flat.Add(new Contracts.Operations.Flatten(), flat.Conv("input", 2)), 4));
        NetworkInput small = Student.WithInputSize(16, 16).Inputs[0];

        FluentActions.Invoking(() => new Teacher(flat.Build("flat"), _engine, small)).Should().Throw<DistillationException>()
            .WithMessage("The teacher 'flat' is for pictures of 3 x 32 x 32 and takes none of 3 x 16 x 16, which are the student's: *--size.");
        FluentActions.Invoking(() => new Teacher(Wide, _engine, small with { Shape = new Shape(1, 16, 16) })).Should().Throw<DistillationException>()
            .WithMessage("The teacher 'wide' takes 3 x 32 x 32; pictures of 1 channels are what it would be shown.");
    }

    [Fact]
    public void To_learn_nothing_is_told()
    {
        using var teacher = new Teacher(Wide, _engine, Student.Inputs[0]);

        Prepare(teacher, new DistillationSettings { Logits = 0, Boxes = 0, Features = 0 }).Should().Throw<DistillationException>().WithMessage("Nothing is learned from the teacher*");
    }

    [Fact]
    public void Numbers_of_the_teacher_that_are_not_finite_are_told_with_the_pictures()
    {
        Network broken = Wide.With(Wide.Nodes.Select(static node => node.Id == "n9" && node.Operation is Contracts.Operations.Convolution c
            ? node with { Operation = c with { Bias = c.Bias!.WithFloats([.. c.Bias.Floats.ToArray().Select(static (x, i) => i == 3 ? float.NaN : x)]) } }
            : node), Wide.Heads);
        using var teacher = new Teacher(broken, _engine, Student.Inputs[0]);
        DistillationLoss loss = DistillationLoss.Of(Student, teacher, new DistillationSettings(), features: null, TinyDetectors.FindHead);
        TrainingBatch batch = Batch(32);
        ImmutableArray<Batch<float>> values = Run(Student, batch, loss.Values);

        loss.Invoking(one => one.Compute(batch, values, CancellationToken.None)).Should().Throw<TrainingException>()
            .WithMessage("The teacher 'wide' makes numbers that are not finite, at n9 (layer n9 [convolution]), of the pictures a.png, b.png. *");
    }

    [Fact]
    public void Its_identity_is_that_of_all_its_numbers()
    {
        Network other = Wide.With(Wide.Nodes.Select(static node => node.Operation is Contracts.Operations.Convolution { Bias: { } bias } c
            ? node with { Operation = c with { Bias = bias.WithFloats([.. bias.Floats.ToArray().Select(static (x, i) => i == 3 ? MathF.BitIncrement(x) : x)]) } }
            : node), Wide.Heads);
        using var first = new Teacher(Wide, _engine, Student.Inputs[0]);
        using var same = new Teacher(TinyDetectors.Make(2, 6, name: "another name"), _engine, Student.WithInputSize(64, 64).Inputs[0]);
        using var second = new Teacher(other, _engine, Student.Inputs[0]);

        same.Identity.Should().Be(first.Identity);
        second.Identity.Should().NotBe(first.Identity);
    }

    private static Action Prepare(Teacher teacher, DistillationSettings settings, params (string, string)[] features) =>
        () => DistillationLoss.Of(Student, teacher, settings, features.Length > 0 ? features : null, TinyDetectors.FindHead);

    private static TrainingBatch Batch(int size)
    {
        var random = new Random(size);
        float[] pixels = [.. Enumerable.Range(0, 2 * 3 * size * size).Select(_ => random.NextSingle())];
        return new TrainingBatch(
            0,
            new Batch<float>(2, new Shape(3, size, size), pixels),
            [[new TrainingTarget(1, Box.FromCenter(12, 9, 8, 7))], []],
            [["a.png"], ["b.png"]]);
    }

    private ImmutableArray<Batch<float>> Run(Network network, TrainingBatch batch, ImmutableArray<string> values)
    {
        using IExecutable<float> executable = _engine.Compile(network.WithInputSize(batch.Input.Shape.Height, batch.Input.Shape.Width));
        return executable.Run([batch.Input], values, CancellationToken.None);
    }
}
