using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Crews;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>Finds objects on one picture after another while others do so on other pictures.</summary>
/// <param name="executable">Takes all of their calls at once.</param>
/// <param name="heads">What its outputs mean.</param>
/// <param name="settings">How objects are found.</param>
internal sealed class ParallelDetection(IExecutable<float> executable, DetectionHeads heads, DetectionSettings settings) : ICrewWorker<PictureBatch, DetectedPicture>
{
    private readonly DetectionWorker _worker = new(heads, settings);

    /// <summary>Finds them; none on a picture that cannot be read.</summary>
    /// <param name="work">A batch of one.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public DetectedPicture Do(PictureBatch work, CancellationToken cancellationToken)
    {
        PreparedPicture picture = work.Pictures[0];
        if (picture.Placement is not { } placement)
        {
            return new DetectedPicture(picture, []);
        }

        ImmutableArray<Batch<float>> outputs = executable.Run([work.Input], heads.Values, cancellationToken);
        return new DetectedPicture(picture, _worker.Find(outputs, 0, placement));
    }
}
