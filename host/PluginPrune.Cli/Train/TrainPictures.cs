using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Core.Data;
using PluginPrune.Core.Files;
using PluginPrune.Core.Images;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>The pictures that a training learns from, varied as it was asked.</summary>
internal static class TrainPictures
{
    // What is smaller is shown larger, so that boxes do not hide it.
    private const int ShownSide = 400;
    private const int MostZoom = 4;

    // Up to where pictures are cropped and mirrored alone, as those of CIFAR are.
    private const int SmallSide = 64;

    /// <summary>How pictures are varied where nothing is said: four in one help to find things, and hide what a whole picture shows.</summary>
    public static string StandardFor(Network network, bool isClassifier) =>
        !isClassifier ? "yolov5" : Math.Max(network.Inputs[0].Shape.Width, network.Inputs[0].Shape.Height) <= SmallSide ? "cifar" : "yolov5,mosaic=0";

    /// <exception cref="UsageException">--augment cannot be understood.</exception>
    public static TrainingLoader LoaderOf(ParseResult result, TrainOptions options, Network network, TrainData data, int classes, string augmentation)
    {
        NetworkInput input = network.Inputs[0];
        return new TrainingLoader(data.Training.Dataset.Items, new TrainingLoaderOptions
        {
            Preprocessing = input.Preprocessing,
            InputSize = new PictureSize(input.Shape.Width, input.Shape.Height),
            BatchSize = result.GetValue(options.Batch),
            Seed = result.GetValue(options.Seed),
            Augmentation = AugmentationIn(augmentation, options.Augment.Name),
            Classes = ClassesOf(options, data, network, classes),
            BadPictures = data.Training.BadPictures,
            Threads = result.GetValue(options.Engine.Threads) is > 0 and var threads ? threads : Environment.ProcessorCount,
        });
    }

    private static ClassMapping ClassesOf(TrainOptions options, TrainData data, Network network, int classes)
    {
        try
        {
            return ClassMapping.Between(data.Training.Dataset, network.ClassNames, classes);
        }
        catch (EvaluationException misfit) when (!data.Training.Dataset.ClassNames.IsEmpty)
        {
            throw new UsageException($"{misfit.Message} {options.DataClasses.Name} lets its heads learn the classes of the data.");
        }
    }

    /// <summary>A preset, then what is changed of it: 'yolov5,mosaic=0.5'.</summary>
    /// <exception cref="UsageException">The text cannot be understood.</exception>
    /// <exception cref="OptionException">There is no such preset or setting, or its value is not allowed.</exception>
    public static AugmentationSettings AugmentationIn(string text, string option)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        Dictionary<string, string> changes = OptionPairs.Parse(parts.Skip(1), $"{option} takes a preset and then NAME=X, for instance yolov5,mosaic=0.5");
        return AugmentationPresets.Of(parts[0]).With(changes);
    }

    /// <summary>Writes samples with their boxes.</summary>
    public static void Preview(TrainingLoader loader, ImmutableArray<string> classNames, int count, OutputFolder folder, CancellationToken cancellationToken)
    {
        int number = 0;
        foreach (TrainingSample sample in loader.Samples(new TrainingEpoch(0), cancellationToken).Take(count))
        {
            number++;
            using Stream stream = folder.CreateFile(string.Create(CultureInfo.InvariantCulture, $"sample-{number:000}.png"));
            sample.Enlarged(Math.Clamp(ShownSide / Math.Max(sample.Picture.Width, sample.Picture.Height), 1, MostZoom)).Draw(classNames).WritePng(stream);
        }

        folder.Commit();
    }
}
