using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Detecting;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>The pictures of a training's log: what is learned from, and what is found on pictures that it is measured on.</summary>
/// <param name="training">Those that are learned from.</param>
/// <param name="validation">Those that it is measured on.</param>
/// <param name="engine">Runs the network.</param>
/// <param name="findHead">Gives what understands a kind of heads.</param>
public sealed class ShownPictures(TrainingLoader training, Dataset validation, IEngine engine, Func<string, IHead> findHead)
{
    private const int MostSamples = 6;
    private const int MostFound = 4;

    // Enough to see what is wrong; a log with photos in full size would soon be larger than the network.
    private const int LongestSide = 416;

    /// <summary>The first samples of an epoch, varied as they are learned from, with their boxes.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="classNames">The classes' names.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public IEnumerable<Picture> Samples(int epoch, ImmutableArray<string> classNames, CancellationToken cancellationToken) =>
        training.Samples(new TrainingEpoch(epoch), cancellationToken).Take(MostSamples).Select(sample => Shrink(sample.Draw(classNames)));

    /// <summary>The first pictures that it is measured on, with what a network finds there; none where it does not find objects.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public IEnumerable<Picture> Found(Network network, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!network.Heads.All(head => findHead(head.Kind) is IDetectionHead))
        {
            return [];
        }

        var runner = new DetectionRunner(network, DetectionHeads.Of(network, findHead), new DetectionSettings()) { KeepsPictures = true };
        Dataset few = validation with { Items = [.. validation.Items.Take(MostFound)] };
        return new PictureSearch(runner, new BadPictures(skip: true, static _ => { })).Run(engine, few, cancellationToken)
            .Select(picture => Shrink(picture.Draw(network.ClassNames)));
    }

    private static Picture Shrink(Picture picture)
    {
        double factor = (double)LongestSide / Math.Max(picture.Width, picture.Height);
        return factor >= 1 ? picture : PictureResizer.Resize(picture, new PictureSize(Side(picture.Width), Side(picture.Height)), Interpolation.Area);

        int Side(int side) => Math.Max(1, (int)Math.Round(side * factor));
    }
}
