using System.Globalization;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Training;

/// <summary>
/// The folder of a training: the last and the best network, a checkpoint, the results. After each epoch all of them appear
/// together, or none does: whenever a training is killed, what lies there is of one epoch.
/// </summary>
/// <param name="folder">The folder; it must be allowed to replace files.</param>
/// <param name="format">Writes the networks.</param>
public sealed class TrainingFolder(OutputFolder folder, IModelFormat format)
{
    /// <summary>What the files of the last epoch are called.</summary>
    public const string Last = "last";

    /// <summary>What the files of the best epoch are called.</summary>
    public const string Best = "best";

    /// <summary>The table.</summary>
    public const string Results = "results.csv";

    /// <summary>The table of a sparse training's scales, layer by layer.</summary>
    public const string Scales = "scales.csv";

    /// <summary>All that is told of a training, for programs.</summary>
    public const string Report = "report.json";

    /// <summary>The name of the checkpoint.</summary>
    public const string Checkpoint = Last + CheckpointFile.Extension;

    /// <summary>Whether a folder holds a training that can go on: also one that was killed while files were given their names, which are then missing.</summary>
    public static bool Holds(string path) => File.Exists(Path.Combine(path, Checkpoint)) || OutputFolder.IsUnfinished(path);

    /// <summary>Every how many epochs the network is kept under the epoch's number, 0 for never.</summary>
    public int KeepsEvery { get; init; }

    /// <summary>Writes the report of a training as far as it has got; null for none.</summary>
    public Action<Stream, Checkpoint>? WriteReport { get; init; }

    /// <summary>Writes what an epoch came to.</summary>
    /// <param name="outcome">The epoch.</param>
    /// <param name="cancellationToken">Ends the work early; then nothing of the epoch appears.</param>
    /// <exception cref="OutputException">The folder cannot be written to.</exception>
    public void Save(EpochOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        int epoch = outcome.Result.Epoch + 1;
        Write(outcome.Network, Last, cancellationToken);
        if (outcome.IsBest)
        {
            Write(outcome.Network, Best, cancellationToken);
        }

        if (KeepsEvery > 0 && epoch % KeepsEvery == 0)
        {
            Write(outcome.Network, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:000}"), cancellationToken);
        }

        using (Stream stream = folder.CreateFile(Checkpoint))
        {
            CheckpointFile.Write(stream, outcome.Checkpoint);
        }

        using (Stream stream = folder.CreateFile(Results))
        {
            ResultsTable.Write(stream, outcome.Checkpoint.Results);
        }

        if (outcome.Result.Sparsity is not null)
        {
            using Stream stream = folder.CreateFile(Scales);
            ScalesTable.Write(stream, outcome.Checkpoint.Results);
        }

        if (WriteReport is not null)
        {
            using Stream stream = folder.CreateFile(Report);
            WriteReport(stream, outcome.Checkpoint);
        }

        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit();
    }

    private void Write(Network network, string stem, CancellationToken cancellationToken) => format.Write(network, new NamedSink(folder, stem), cancellationToken);
}
