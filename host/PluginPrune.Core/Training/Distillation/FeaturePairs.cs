using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Training;

/// <summary>Finds which inner values learn from which.</summary>
/// <param name="student">The network that learns.</param>
/// <param name="teacher">The other one, for pictures of the same size.</param>
internal sealed class FeaturePairs(Network student, Network teacher)
{
    /// <summary>What the last layers of the heads read, where both networks have as many places there.</summary>
    /// <exception cref="DistillationException">There is none.</exception>
    public ImmutableArray<FeaturePair> FindAll()
    {
        List<string> left = [.. FeedsOf(teacher)];
        var pairs = ImmutableArray.CreateBuilder<FeaturePair>();
        foreach (string feed in FeedsOf(student))
        {
            if (left.Find(other => IsFitting(feed, other)) is { } found)
            {
                left.Remove(found);
                pairs.Add(new FeaturePair(feed, found));
            }
        }

        return pairs.Count > 0
            ? pairs.ToImmutable()
            : throw new DistillationException(
                $"Nothing that feeds a head of '{student.Name}' ({Listing(student)}) has as many places as what feeds one of the teacher '{teacher.Name}' ({Listing(teacher)}). Name the layers, as LAYER=LAYER of the teacher, or learn from none: features=0.");
    }

    /// <summary>Those that are named, by layers or nodes.</summary>
    /// <param name="names">The student's layer and the teacher's.</param>
    /// <exception cref="DistillationException">One does not exist, or two do not go together.</exception>
    public ImmutableArray<FeaturePair> FindNamed(IEnumerable<(string Student, string Teacher)> names) =>
        [.. names.Select(pair => Check(new FeaturePair(ValueOf(student, pair.Student), ValueOf(teacher, pair.Teacher)))).Distinct()];

    private FeaturePair Check(FeaturePair pair) => IsFitting(pair.Student, pair.Teacher)
        ? pair
        : throw new DistillationException(
            $"{Text(student, pair.Student)} cannot learn from {Text(teacher, pair.Teacher)} of the teacher: as many places are wanted, channels may differ unless there is but one place.");

    // Where there is but one place, both look there: only channels tell something, and they must be the same.
    private bool IsFitting(string value, string other) =>
        student.ShapeOf(value) is var shape && teacher.ShapeOf(other) is var wanted
        && shape.WithChannels(1) == wanted.WithChannels(1) && (shape.ElementsPerChannel > 1 || shape == wanted);

    private static string Text(Network network, string value) => $"{network[value]}, which is {network.ShapeOf(value)},";

    private static string Listing(Network network)
    {
        string text = string.Join(", ", FeedsOf(network).Select(value => $"{value}: {network.ShapeOf(value)}"));
        return text.Length == 0 ? "none" : text;
    }

    private static IEnumerable<string> FeedsOf(Network network) =>
        network.Heads.Select(head => FeedOf(network, head.Input)).OfType<string>().Distinct(StringComparer.Ordinal);

    // From what a head reads back to the layer with weights that made it; what that reads is the feature, or the map that it was pooled from.
    private static string? FeedOf(Network network, string output)
    {
        Node? node = network.Find(output);
        while (node is { Inputs: [var input], Operation: not (Convolution or Linear) })
        {
            node = network.Find(input);
        }

        string? feed = node?.Inputs[0];
        while (feed is not null && network.ShapeOf(feed).ElementsPerChannel == 1 && network.Find(feed) is { Inputs: [var before] })
        {
            feed = before;
        }

        return feed is not null && network.Find(feed) is not null ? feed : null;
    }

    private static string ValueOf(Network network, string name)
    {
        if (network.Find(name) is not null)
        {
            return name;
        }

        // A layer's value is what its last node makes.
        if (network.Nodes.LastOrDefault(node => node.Origin.Layer == name) is { } last)
        {
            return last.Id;
        }

        string[] layers = [.. network.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)];
        ImmutableArray<string> near = NearestNames.Of(name, layers.Concat(network.Nodes.Select(static node => node.Id)));
        throw new DistillationException(
            $"'{network.Name}' has no layer '{name}'. {(near.IsEmpty ? $"It has {layers[0]} to {layers[^1]}; 'host inspect' lists them." : $"Did you mean {string.Join(" or ", near)}?")}");
    }
}
