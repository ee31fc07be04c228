using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Data;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>Finds objects on pictures that have no labels.</summary>
/// <param name="runner">Finds them.</param>
/// <param name="bad">What becomes of pictures that cannot be read.</param>
public sealed class PictureSearch(DetectionRunner runner, BadPictures bad)
{
    /// <summary>Finds objects. Nothing happens before the first result is asked for.</summary>
    /// <param name="engine">Runs the network.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One result a picture in their order, without those that are passed over.</returns>
    /// <exception cref="InputException">A picture cannot be read.</exception>
    public IEnumerable<FoundPicture> Run(IEngine engine, Dataset pictures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        PictureItem[] items = [.. pictures.Items.Select(static item => new PictureItem(item.Name, item.Open))];
        foreach (DetectedPicture detected in runner.Run(engine, items, cancellationToken))
        {
            if (detected.Picture.Placement is not { } placement)
            {
                bad.PassOver(detected.Picture.Error!);
                continue;
            }

            var found = new PictureDetections(
                pictures.Items[detected.Picture.Index], placement.Picture.Width, placement.Picture.Height, detected.Detections, []);
            yield return new FoundPicture(found, detected.Picture.Picture);
        }
    }
}
