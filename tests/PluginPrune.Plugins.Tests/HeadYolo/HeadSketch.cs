using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.HeadYolo;

/// <summary>A head with random raw outputs, and those outputs by anchor, channel, row and column.</summary>
internal sealed class HeadSketch
{
    private readonly int _channels;

    public HeadSketch(string kind, int boxChannels, int anchors, int classes, int seed, params (string Name, double[] Numbers)[] parameters)
    {
        _channels = boxChannels + 1 + classes;
        Classes = classes;
        Shape = new Shape(anchors * _channels, 3, 5);
        Picture = new Shape(3, 96, 240);
        Head = new Head(
            "7.head",
            kind,
            "6.conv",
            parameters.Append(("classes", [classes])).ToImmutableSortedDictionary(
                static pair => pair.Item1, static pair => pair.Item2.ToImmutableArray(), StringComparer.Ordinal),
            new NodeOrigin("7", kind, 70));
        var random = new Random(seed);
        Values = [.. Enumerable.Range(0, Shape.Count).Select(_ => (random.NextSingle() * 8) - 4)];
    }

    public Head Head { get; }

    public Shape Shape { get; }

    public Shape Picture { get; }

    public int Classes { get; }

    public float[] Values { get; set; }

    public double At(int anchor, int channel, int row, int column) =>
        Values[(((((anchor * _channels) + channel) * Shape.Height) + row) * Shape.Width) + column];

    public Candidates Decode(double minimum)
    {
        var candidates = new Candidates(Classes, minimum);
        PluginFactory.Create<HeadYoloPlugin, IDetectionHead>(Head.Kind).Decode(Head, Picture, Shape, Values, candidates);
        return candidates;
    }

    /// <summary>Checks against boxes and scores that a definition gives for all places and anchors, in their order.</summary>
    public void ShouldDecodeTo(double minimum, int anchors, Func<int, int, int, (Box Box, double Objectness, double[] Classes)> define)
    {
        var wanted = new List<(Box Box, double Objectness, double[] Classes)>();
        for (int i = 0; i < Shape.ElementsPerChannel * anchors; i++)
        {
            (Box Box, double Objectness, double[] Classes) box = define(i % anchors, i / anchors / Shape.Width, i / anchors % Shape.Width);
            if (box.Objectness > minimum)
            {
                wanted.Add(box);
            }
        }

        Candidates found = Decode(minimum);
        wanted.Count.Should().BeGreaterThan(3);
        found.Count.Should().Be(wanted.Count);
        for (int i = 0; i < wanted.Count; i++)
        {
            ShouldBeClose([found.BoxAt(i).Left, found.BoxAt(i).Top, found.BoxAt(i).Right, found.BoxAt(i).Bottom],
                [wanted[i].Box.Left, wanted[i].Box.Top, wanted[i].Box.Right, wanted[i].Box.Bottom], 1e-3);
            ShouldBeClose([found.ObjectnessAt(i)], [wanted[i].Objectness], 1e-6);
            double[] scores = [.. found.ClassScoresAt(i).ToArray().Select(static score => (double)score)];
            for (int c = 0; c < Classes; c++)
            {
                // A class that cannot lift the box above the least score may be left at 0.
                if (scores[c] != 0 || wanted[i].Objectness * wanted[i].Classes[c] > minimum)
                {
                    scores[c].Should().BeApproximately(wanted[i].Classes[c], 1e-6);
                }
            }
        }
    }

    public static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static void ShouldBeClose(double[] found, double[] wanted, double tolerance)
    {
        for (int i = 0; i < wanted.Length; i++)
        {
            found[i].Should().BeApproximately(wanted[i], tolerance);
        }
    }
}
