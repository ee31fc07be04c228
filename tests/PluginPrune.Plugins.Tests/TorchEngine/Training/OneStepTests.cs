using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;
using PluginPrune.HeadYolo;
using PluginPrune.Plugins.Tests.HeadYolo.Loss;
using PluginPrune.Plugins.Tests.ManagedEngine;
using PluginPrune.TestKit;
using static PluginPrune.Plugins.Tests.Losses.LossComparison;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>
/// The whole chain of one step: forward in the engine, losses of the head, backward in the engine, against an implementation in
/// double precision that shares nothing with it, for all options of the loss.
/// </summary>
public sealed class OneStepTests(OneStepTests.Cases cases) : IClassFixture<OneStepTests.Cases>
{
    private const double Tolerance = 1e-4;

    [TorchTheory]
    [MemberData(nameof(YoloLossTests.Settings), MemberType = typeof(YoloLossTests))]
    public void The_loss_and_the_gradients_of_all_weights_are_those_of_an_obvious_implementation(string settings)
    {
        foreach (Case one in cases.All)
        {
            (YoloOptions options, (string Name, object Value)[] texts) = YoloLossTests.Read(settings);
            var obvious = new ObviousLoss(one.Sketch, options);
            (double box, double objectness, double classes) = obvious.Compute(one.Expected.Outputs);
            double[] slopes = one.Expected.SlopesOf(outputs => Sum(obvious.Compute(outputs)));
            var heads = TrainingHeads.Of(one.Network, _ => (Contracts.Heads.IHead)LossSketch.HeadOf(texts));
            using ITrainingSession session = GradientCheck.Begin(one.Network, new TrainingSettings());

            ImmutableArray<Batch<float>> outputs = session.Forward([one.Batch.Input], heads.Values, CancellationToken.None);
            (ImmutableArray<LossTerm> terms, ImmutableArray<Batch<float>> gradients) = heads.Compute(one.Batch, outputs, CancellationToken.None);
            session.Backward(gradients, CancellationToken.None);

            Comparison.ShouldBeClose([.. terms.Select(static term => term.Value)], [box, objectness, classes], Tolerance, "the losses");
            foreach ((string Node, string Role) tensor in one.Expected.Tensors)
            {
                double[] found = Array.ConvertAll(session.ReadGradient(tensor.Node, tensor.Role).Floats.ToArray(), static x => (double)x);
                Comparison.ShouldBeClose(found, one.Expected.GradientBy(tensor, slopes), Tolerance, $"the gradient of {tensor.Node}'s {tensor.Role}");
            }
        }
    }

    [TorchFact]
    public void The_cases_have_cells_of_all_kinds()
    {
        foreach (Case one in cases.All)
        {
            var obvious = new ObviousLoss(one.Sketch, new YoloOptions());

            obvious.Positives.Should().BeGreaterThan(2);
            obvious.Ignored.Should().BePositive();
        }
    }

    /// <summary>Three networks, and what a step on them is: made once for all options.</summary>
    public sealed class Cases
    {
        internal ImmutableArray<Case> All { get; } =
        [
            Case.Of(new LossSketch(1), seed: 11),
            Case.Of(new LossSketch(2, classes: 1), seed: 12),
            Case.Of(new LossSketch(4, isActivated: true, stretch: 2), seed: 13),
        ];
    }

    internal sealed record Case(Network Network, TrainingBatch Batch, LossSketch Sketch, ObviousStep Expected)
    {
        private const string Output = "6.conv";

        /// <summary>Two convolutions with batch norms before one that makes the head's channels, at the head's cells.</summary>
        public static Case Of(LossSketch sketch, int seed)
        {
            var random = new Random(seed);
            var nodes = new NetworkSketch(random);
            int channels = sketch.Shape.Channels;
            bool isActivated = sketch.Head.Number("new_coords", 0) != 0;
            Network plain = nodes.Input("input", [.. sketch.Picture.Dimensions])
                .Node("c1", nodes.Convolution(4, 3, 3, stride: 4), "input").Node("n1", nodes.Norm(4), "c1").Node("a1", new Activation(ActivationKind.LeakyRelu), "n1")
                .Node("c2", nodes.Convolution(6, 4, 3) with { Stride = new Extent(4, 6) }, "a1").Node("n2", nodes.Norm(6), "c2").Node("a2", new Activation(ActivationKind.Mish), "n2")
                .Node(isActivated ? "c3" : Output, new Convolution(nodes.Tensor(channels, 6, 1, 1), nodes.Tensor(channels)), "a2")
                .Node(isActivated ? Output : "unused", new Activation(ActivationKind.Sigmoid), isActivated ? "c3" : Output)
                .Build();
            var network = new Network(plain.Name, plain.Inputs, plain.Nodes, [sketch.Head]);
            var input = new Batch<float>(sketch.Targets.Count, sketch.Picture, nodes.Numbers(sketch.Targets.Count * sketch.Picture.Count, 0));
            var expected = new ObviousStep(network, input, Output);
            sketch.Values = expected.Outputs;
            return new Case(network, new TrainingBatch(0, input, sketch.Targets, []), sketch, expected);
        }
    }
}
