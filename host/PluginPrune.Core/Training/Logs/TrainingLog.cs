using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Images;
using PluginPrune.Core.Training.Logs;

namespace PluginPrune.Core.Training;

/// <summary>
/// What TensorBoard shows of a training: every number of every epoch, how the scales of batch norms are spread, and pictures: what
/// is learned from, and, some times in a training, what is found.
/// </summary>
public sealed class TrainingLog : IDisposable
{
    private const int TimesFound = 10;

    private readonly EventWriter _events;
    private readonly IReadOnlyList<string> _batchNorms;
    private readonly ShownPictures _pictures;
    private readonly int _epochs;
    private bool _showsSamples = true;

    /// <summary>Begins a log.</summary>
    /// <param name="folder">Made where it does not exist.</param>
    /// <param name="firstEpoch">Where the training goes on, from 0.</param>
    /// <param name="epochs">How many epochs the training has.</param>
    /// <param name="batchNorms">The nodes whose scales are shown.</param>
    /// <param name="pictures">The pictures that are shown.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public TrainingLog(string folder, int firstEpoch, int epochs, IReadOnlyList<string> batchNorms, ShownPictures pictures)
    {
        _events = EventWriter.Create(folder, firstEpoch + 1, TimeProvider.System);
        _epochs = epochs;
        _batchNorms = batchNorms;
        _pictures = pictures;
    }

    /// <summary>Writes an epoch. Its steps are epochs, from 1.</summary>
    /// <param name="outcome">The epoch.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public void Write(EpochOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        int epoch = outcome.Result.Epoch + 1;
        foreach (NamedValue value in outcome.Result.Values.Where(static value => double.IsFinite(value.Value)))
        {
            _events.Scalar(TagOf(value.Name), value.Value, epoch);
        }

        float[] all = [.. _batchNorms.SelectMany(id => GammasOf(outcome.Current, id))];
        if (all.Length > 0)
        {
            _events.Histogram("gamma/all", all, epoch);
        }

        if (_showsSamples)
        {
            Show("samples", _pictures.Samples(outcome.Result.Epoch, outcome.Network.ClassNames, cancellationToken), epoch);
            _showsSamples = false;
        }

        if (outcome.IsLast || epoch % Math.Max(1, _epochs / TimesFound) == 0)
        {
            Show("found", _pictures.Found(outcome.Network, cancellationToken), epoch);
        }
    }

    /// <summary>Takes the log away again, where no epoch of it was complete.</summary>
    public void Discard() => _events.Discard();

    /// <inheritdoc />
    public void Dispose() => _events.Dispose();

    private void Show(string group, IEnumerable<Picture> pictures, int epoch)
    {
        int number = 0;
        foreach (Picture picture in pictures)
        {
            using var encoded = new MemoryStream();
            picture.WritePng(encoded);
            _events.Picture(string.Create(CultureInfo.InvariantCulture, $"{group}/{++number}"), encoded.GetBuffer().AsSpan(0, (int)encoded.Length), picture.Width, picture.Height, epoch);
        }
    }

    private static float[] GammasOf(Network network, string id) => ((BatchNorm)network[id].Operation).Gamma.Floats.ToArray();

    // 'loss box' stands below 'loss/box'; what has no group of its own is a metric.
    private static string TagOf(string name) => name.StartsWith("loss", StringComparison.Ordinal)
        ? name.Length == 4 ? "loss/sum" : $"loss/{name[5..]}"
        : name.StartsWith(SparsityState.Prefix, StringComparison.Ordinal) ? $"scales/{name[SparsityState.Prefix.Length..]}"
        : name is "learning rate" or "gradient norm" or "steps skipped" or "pictures per second" ? $"training/{name}" : $"metrics/{name}";
}
