using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Training.Logs;

namespace PluginPrune.Core.Training;

/// <summary>What TensorBoard shows of a training: every number of every epoch, and how the scales of batch norms are spread.</summary>
public sealed class TrainingLog : IDisposable
{
    private readonly EventWriter _events;
    private readonly IReadOnlyList<string> _batchNorms;

    /// <summary>Begins a log.</summary>
    /// <param name="folder">Made where it does not exist.</param>
    /// <param name="firstEpoch">Where the training goes on, from 0.</param>
    /// <param name="batchNorms">The nodes whose scales are shown.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public TrainingLog(string folder, int firstEpoch, IReadOnlyList<string> batchNorms)
    {
        _events = EventWriter.Create(folder, firstEpoch + 1, TimeProvider.System);
        _batchNorms = batchNorms;
    }

    /// <summary>Writes an epoch. Its steps are epochs, from 1.</summary>
    public void Write(EpochOutcome outcome)
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
    }

    /// <inheritdoc />
    public void Dispose() => _events.Dispose();

    private static float[] GammasOf(Network network, string id) => ((BatchNorm)network[id].Operation).Gamma.Floats.ToArray();

    // 'loss box' stands below 'loss/box'; what has no group of its own is a metric.
    private static string TagOf(string name) => name.StartsWith("loss", StringComparison.Ordinal)
        ? name.Length == 4 ? "loss/sum" : $"loss/{name[5..]}"
        : name.StartsWith(SparsityState.Prefix, StringComparison.Ordinal) ? $"scales/{name[SparsityState.Prefix.Length..]}"
        : name is "learning rate" or "gradient norm" or "pictures per second" ? $"training/{name}" : $"metrics/{name}";
}
