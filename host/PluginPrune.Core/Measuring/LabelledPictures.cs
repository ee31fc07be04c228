using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Images;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Measuring;

/// <summary>The pictures that channels are measured on.</summary>
/// <param name="dataset">All there are.</param>
/// <param name="badPictures">What becomes of those that cannot be read.</param>
public sealed class LabelledPictures(Dataset dataset, BadPictures? badPictures)
{
    /// <summary>Gives the names of a network's classes.</summary>
    /// <value>The default gives those that the network has.</value>
    public Func<Network, ImmutableArray<string>> NamesOf { get; init; } = static network => network.ClassNames;

    /// <summary>How many threads read them, at least 1.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Draws some, to be read in batches as a network takes them, each as it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="classes">How many classes it has.</param>
    /// <param name="count">How many pictures; all where there are no more.</param>
    /// <param name="batchSize">How many a batch has.</param>
    /// <param name="seed">One seed, one choice and one order.</param>
    /// <exception cref="EvaluationException">Nothing tells which class of the network is which of the pictures.</exception>
    /// <exception cref="TrainingException">No picture that is drawn shows a class of the network.</exception>
    public TrainingLoader Draw(Network network, int classes, int count, int batchSize, int seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkInput input = network.Inputs[0];
        ImmutableArray<DatasetItem> drawn = PictureDraw.Of(dataset.Items, count, seed);
        var mapping = ClassMapping.Between(dataset, NamesOf(network), classes);
        if (!drawn.Any(item => item.Labels.Select(static label => label.ClassIndex).Append(item.ClassIndex ?? -1).Any(shown => shown >= 0 && mapping.ToNetwork(shown) is not null)))
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture, $"None of the {drawn.Length} pictures drawn from '{dataset.Name}' has a label of a class that the network knows: nothing says what it should find. Name pictures with labels, or draw more of them."));
        }

        return new TrainingLoader(drawn, new TrainingLoaderOptions
        {
            Preprocessing = input.Preprocessing,
            InputSize = new PictureSize(input.Shape.Width, input.Shape.Height),
            BatchSize = batchSize,
            Seed = seed,
            Classes = mapping,
            BadPictures = badPictures,
            Threads = Threads,
            CacheBytes = 0,
        });
    }
}
