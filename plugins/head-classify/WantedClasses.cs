using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.HeadClassify;

/// <summary>What the probabilities of a picture's classes should be.</summary>
/// <param name="head">For messages.</param>
/// <param name="classes">How many there are.</param>
/// <param name="smoothing">See <see cref="ClassifyOptions.Smoothing"/>.</param>
internal sealed class WantedClasses(Head head, int classes, double smoothing)
{
    /// <summary>For each class its share; together the weight of what the picture shows: 1, less where a part of it has no class, 0 where nothing has.</summary>
    /// <exception cref="HeadException">A target is an object in a box, or a class that the head does not have.</exception>
    public double[] Of(IReadOnlyList<TrainingTarget> targets)
    {
        double[] shares = new double[classes];
        foreach (TrainingTarget target in targets)
        {
            if (!target.IsPicture)
            {
                throw new HeadException($"Head '{head.Id}' ({head.Origin}) learns what whole pictures show, and the dataset tells objects in boxes. Name pictures with one class each, such as a folder for each class.");
            }

            if ((uint)target.ClassIndex >= (uint)classes)
            {
                throw new HeadException($"Head '{head.Id}' ({head.Origin}) has {classes} classes; a picture shows class {target.ClassIndex}.");
            }

            for (int k = 0; k < classes; k++)
            {
                shares[k] += target.Weight * ((k == target.ClassIndex ? 1 - smoothing : 0) + (smoothing / classes));
            }
        }

        return shares;
    }
}
