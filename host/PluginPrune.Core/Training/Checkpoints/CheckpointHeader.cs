using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>What stands in a checkpoint before its tensors.</summary>
internal sealed record CheckpointHeader(
    long Steps, int Epoch, int BestEpoch, SortedDictionary<string, string> Settings, CollapseForecast? Forecast, EpochRow[] Results, TensorEntry[] Tensors)
{
    /// <summary>Whether everything is there that the others speak of: epochs in their order, the best among them, no holes.</summary>
    public bool IsSound =>
        Steps >= 0
        && Settings is not null && Settings.Values.All(static value => value is not null)
        && Results is not null && Results.Select(static (row, i) => row is { IsSound: true } && row.Epoch == i).All(static isRight => isRight)
        && Epoch == Results.Length
        && BestEpoch >= -1 && BestEpoch < Epoch
        && Tensors is not null && Array.TrueForAll(Tensors, static tensor => tensor is not null)
        && Tensors.Select(static tensor => tensor.Name).Distinct(StringComparer.Ordinal).Count() == Tensors.Length;

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
