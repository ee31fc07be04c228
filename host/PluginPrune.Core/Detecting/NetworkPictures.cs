using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>Makes the pipeline that feeds a network.</summary>
internal static class NetworkPictures
{
    /// <summary>A pipeline for a network's input.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">What the user wants otherwise than the network, and how many pictures at once.</param>
    /// <param name="keepsPictures">Whether batches carry the pictures too.</param>
    /// <param name="inUse">How many batches are in use at once.</param>
    /// <param name="place">Where pictures go in the input, or null for as the network and the settings say.</param>
    /// <exception cref="EvaluationException">The network's input is no picture.</exception>
    public static PicturePipeline Pipeline(
        Network network, DetectionSettings settings, bool keepsPictures, int inUse, Func<PictureSize, PictureSize, PicturePlacement>? place = null)
    {
        if (network.Inputs is not [var input] || input.Shape.Rank != 3)
        {
            throw new EvaluationException($"The network '{network.Name}' takes {network.Inputs.Length} inputs; pictures go into networks that take one.");
        }

        int channels = input.Preprocessing.Order == ChannelOrder.Grey ? 1 : Picture.Channels;
        if (channels != input.Shape.Channels)
        {
            throw new EvaluationException(
                $"The network '{network.Name}' takes {input.Shape.Channels} channels ({input.Shape}); a picture has {channels}.");
        }

        return new PicturePipeline(new PicturePipelineOptions
        {
            Preprocessing = input.Preprocessing with
            {
                Resize = settings.Resize ?? input.Preprocessing.Resize,
                Interpolation = settings.Interpolation ?? input.Preprocessing.Interpolation,
            },
            InputSize = new PictureSize(input.Shape.Width, input.Shape.Height),
            BatchSize = settings.BatchSize,
            InUse = inUse,
            KeepsPictures = keepsPictures,
            Place = place,
        });
    }
}
