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
    private const int Few = 200;

    /// <summary>Draws scenes that the networks were not trained on.</summary>
    /// <exception cref="InputException">No plugin draws them.</exception>
    public LoadedDataset Load(CancellationToken cancellationToken) => Load(static request => request, Few, cancellationToken);

    /// <summary>Draws scenes of those that the networks were trained on.</summary>
    /// <exception cref="InputException">No plugin draws them.</exception>
    public LoadedDataset LoadTraining(CancellationToken cancellationToken) => LoadTraining(Few, cancellationToken);

    /// <inheritdoc cref="LoadTraining(CancellationToken)" />
    public LoadedDataset LoadTraining(int count, CancellationToken cancellationToken) =>
        Load(static request => request with { Split = DatasetSource.Training, IsSplitNamed = true }, count, cancellationToken);

    private LoadedDataset Load(Func<DatasetRequest, DatasetRequest> of, int count, CancellationToken cancellationToken)
    {
        DatasetChoice choice = new DatasetLocator(plugins.Catalog).Find(SampleModel.Data, null).GetOrThrow();
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["count"] = count.ToString(CultureInfo.InvariantCulture) };
        return LoadedDataset.Load(plugins, of(new DatasetRequest(choice) { Options = options }), warn, cancellationToken);
    }
}
