using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Shared.Losses;

/// <summary>Objects as a head that finds boxes learns them.</summary>
/// <param name="Head">The head, for messages.</param>
/// <param name="Classes">How many it has.</param>
/// <param name="Width">The picture's width in pixels.</param>
/// <param name="Height">The picture's height in pixels.</param>
internal readonly record struct WantedObject(Head Head, int Classes, int Width, int Height)
{
    /// <summary>An object, cut at the picture's edges.</summary>
    /// <param name="target">The object.</param>
    /// <param name="picture">The picture's index in its batch, for messages.</param>
    /// <param name="index">The object's index in its picture, for messages.</param>
    /// <exception cref="HeadException">
    /// It is what a whole picture shows, its class is none of the head's, it lies outside the picture, or its weight is not above 0 to 1.
    /// </exception>
    public TrainingTarget Cut(in TrainingTarget target, int picture, int index)
    {
        if (target.ClassIndex < 0 || target.ClassIndex >= Classes)
        {
            throw new HeadException($"{Where(picture, index)}it is of class {target.ClassIndex}; the head's classes are 0 to {Classes - 1}.");
        }

        if (!(target.Weight > 0 && target.Weight <= 1))
        {
            throw new HeadException($"{Where(picture, index)}it counts {target.Weight}; it must be above 0 and at most 1.");
        }

        if (target.IsPicture)
        {
            throw new HeadException($"Head '{Head.Id}' ({Head.Origin}) learns objects in boxes, and the dataset tells what whole pictures show. Name pictures with boxes, such as Darknet's or YOLO's text files.");
        }

        Box box = target.Box.Clip(Width, Height);
        return box.IsEmpty
            ? throw new HeadException($"{Where(picture, index)}its box {target.Box} covers nothing of the picture of {Width} x {Height}. Leave it out.")
            : target with { Box = box };
    }

    private string Where(int picture, int index) => $"Head '{Head.Id}' ({Head.Origin}), picture {picture} of the batch, object {index}: ";
}
