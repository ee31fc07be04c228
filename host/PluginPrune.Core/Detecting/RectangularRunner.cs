using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>Finds objects on pictures in inputs of their proportions: the network is compiled for each size that occurs.</summary>
/// <param name="network">The network; its own input is the square that pictures are scaled to.</param>
/// <param name="findHead">Gives what understands a kind of heads.</param>
/// <param name="settings">How.</param>
internal sealed class RectangularRunner(Network network, Func<string, IHead> findHead, DetectionSettings settings)
{
    /// <summary>Finds objects. Results come in the order of the items, the first when all but the last size are done.</summary>
    /// <param name="engine">Runs the network.</param>
    /// <param name="items">The pictures.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="EvaluationException">The network does not take pictures of such sizes.</exception>
    public IEnumerable<DetectedPicture> Run(IEngine engine, IReadOnlyList<PictureItem> items, CancellationToken cancellationToken)
    {
        Shape input = network.Inputs[0].Shape;
        int square = Math.Max(input.Width, input.Height);
        PictureSize[] sizes = RectangularInputs.Of(items, square, StrideOf(network), settings.RectangularBatch, cancellationToken);
        var found = new DetectedPicture?[items.Count];
        int next = 0;
        foreach (IGrouping<PictureSize, int> alike in Enumerable.Range(0, items.Count).GroupBy(i => sizes[i]))
        {
            int[] indexes = [.. alike];
            Network fitted = Fit(alike.Key);
            var runner = new DetectionRunner(fitted, DetectionHeads.Of(fitted, findHead), settings)
            {
                Place = (picture, size) => RectangularInputs.Place(picture, size, square),
            };
            foreach (DetectedPicture picture in runner.Run(engine, [.. indexes.Select(i => items[i])], cancellationToken))
            {
                int index = indexes[picture.Picture.Index];
                found[index] = picture with { Picture = picture.Picture with { Index = index } };
                for (; next < found.Length && found[next] is { } ready; next++)
                {
                    yield return ready;
                    found[next] = null;
                }
            }
        }
    }

    /// <summary>How many pixels a cell of the coarsest head is wide.</summary>
    private static int StrideOf(Network network) =>
        network.Heads.Select(head => network.ShapeOf(head.Input)).Where(static shape => shape.Rank == 3)
            .Select(shape => network.Inputs[0].Shape.Width / shape.Width).DefaultIfEmpty(32).Max();

    private Network Fit(PictureSize size)
    {
        try
        {
            return network.WithInputSize(size.Height, size.Width);
        }
        catch (NetworkException misfit)
        {
            throw new EvaluationException($"'{network.Name}' does not take pictures of {size}, which rectangular batches need: {misfit.Message}");
        }
    }
}
