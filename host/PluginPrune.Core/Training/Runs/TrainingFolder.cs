using PluginPrune.Contracts.Formats;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Training;

/// <summary>
/// The folder of a training: the last and the best network, a checkpoint of each, the results. After each epoch all of them appear
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

    /// <summary>The name of the checkpoint that a training goes on from where no other is named.</summary>
    public const string Checkpoint = Last + CheckpointFile.Extension;

    private IReadOnlyList<string> _replaced = [];

    /// <summary>Whether a folder holds a training that can go on: also one that was killed while files were given their names, which are then missing.</summary>
    public static bool Holds(string path) => File.Exists(Path.Combine(path, Checkpoint)) || OutputFolder.IsUnfinished(path);

    /// <summary>Every how many epochs the network and a checkpoint are kept under the epoch's number, 0 for never.</summary>
    public int KeepsEvery { get; init; }

    /// <summary>Writes the report of a training as far as it has got; null for none.</summary>
    public Action<Stream, Checkpoint>? WriteReport { get; init; }

    /// <summary>Whether an epoch has been written.</summary>
    public bool HasSaved { get; private set; }

    /// <summary>
    /// Begins a new training. What another one left in the folder goes when the first epoch appears; its checkpoint goes now, so that nobody
    /// takes the one for the other.
    /// </summary>
    /// <exception cref="OutputException">The checkpoint cannot be removed.</exception>
    public void Begin()
    {
        _replaced = TrainingFiles.LeftIn(folder.FullPath);
        Remove(_replaced.Where(static file => Path.GetFileName(file) == Checkpoint));
    }

    /// <summary>Writes what an epoch came to.</summary>
    /// <param name="outcome">The epoch.</param>
    /// <param name="cancellationToken">Ends the work early; then nothing of the epoch appears.</param>
    /// <exception cref="OutputException">The folder cannot be written to.</exception>
    public void Save(EpochOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        int epoch = outcome.Result.Epoch + 1;
        Write(outcome, Last, cancellationToken);
        if (outcome.IsBest)
        {
            Write(outcome, Best, cancellationToken);
        }

        if (KeepsEvery > 0 && epoch % KeepsEvery == 0)
        {
            Write(outcome, TrainingFiles.StemOf(epoch), cancellationToken);
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
        var written = folder.Names.Select(name => Path.Combine(folder.FullPath, name)).ToHashSet(StringComparer.Ordinal);
        Remove(_replaced.Where(file => !written.Contains(file)));
        _replaced = [];
        folder.Commit();
        HasSaved = true;
    }

    private static void Remove(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new OutputException($"{file}, of the training that is replaced, cannot be removed: {error.Message}", isBadPlace: false);
            }
        }
    }

    // A network, and from where the training goes on.
    private void Write(EpochOutcome outcome, string stem, CancellationToken cancellationToken)
    {
        format.Write(outcome.Network, new NamedSink(folder, stem), cancellationToken);
        using Stream stream = folder.CreateFile(stem + CheckpointFile.Extension);
        CheckpointFile.Write(stream, outcome.Checkpoint);
    }
}
