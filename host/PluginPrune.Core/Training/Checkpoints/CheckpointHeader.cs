using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>What stands in a checkpoint before its tensors.</summary>
internal sealed record CheckpointHeader(
    long Steps, int Epoch, int BestEpoch, SortedDictionary<string, string> Settings, CollapseForecast? Forecast, EpochRow[] Results, TensorEntry[] Tensors)
{
    public static CheckpointHeader Of(Checkpoint checkpoint) => new(
        checkpoint.State.Steps,
        checkpoint.Epoch,
        checkpoint.BestEpoch,
        new SortedDictionary<string, string>(checkpoint.Settings, StringComparer.Ordinal),
        checkpoint.Forecast,
        [.. checkpoint.Results.Select(static result => new EpochRow(result.Epoch, [.. result.Values], SparsityRow.Of(result.Sparsity)))],
        [.. checkpoint.State.Tensors.Select(static tensor => new TensorEntry(tensor.Key, tensor.Value.Type, [.. tensor.Value.Shape.Dimensions]))]);

    public Checkpoint ToCheckpoint(ImmutableSortedDictionary<string, Tensor> tensors) =>
        new(new TrainingState(Steps, tensors), Epoch, Settings.ToImmutableSortedDictionary(StringComparer.Ordinal))
        {
            BestEpoch = BestEpoch,
            Forecast = Forecast,
            Results = [.. Results.Select(static row => new EpochResult(row.Epoch, [.. row.Values]) { Sparsity = row.Sparsity?.ToState() })],
        };
}
