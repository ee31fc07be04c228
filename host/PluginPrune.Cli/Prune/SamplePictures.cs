using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Prune;

/// <summary>The scenes of which the bundled networks know something, where a command line names no other pictures.</summary>
/// <param name="plugins">One of them draws the scenes.</param>
/// <param name="warn">Takes what is odd about them.</param>
internal sealed class SamplePictures(PluginHost plugins, Action<string> warn)
{
    // They show what a sample is worth in a second or two.
    private const int Measured = 200;

    // As many as cfg/recipes have them trained on. What is drawn of them is made when it is read.
    private const int Trained = 4000;

    /// <summary>Gives scenes that the networks were not trained on.</summary>
    /// <exception cref="InputException">No plugin draws them.</exception>
    public LoadedDataset Load(CancellationToken cancellationToken) => Load(DatasetSource.Validation, Measured, cancellationToken);

    /// <summary>Gives the scenes that the networks were trained on.</summary>
    /// <exception cref="InputException">No plugin draws them.</exception>
    public LoadedDataset LoadTraining(CancellationToken cancellationToken) => Load(DatasetSource.Training, Trained, cancellationToken);

    private LoadedDataset Load(string split, int count, CancellationToken cancellationToken)
    {
        DatasetChoice choice = new DatasetLocator(plugins.Catalog).FindMade(SampleModel.Data).GetOrThrow();
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["count"] = count.ToString(CultureInfo.InvariantCulture) };
        return LoadedDataset.Load(plugins, new DatasetRequest(choice) { Options = options, Split = split, IsSplitNamed = true }, warn, cancellationToken);
    }
}
