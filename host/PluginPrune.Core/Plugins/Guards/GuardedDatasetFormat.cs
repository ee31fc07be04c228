using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Core.Plugins;

/// <summary>A dataset format whose failures bear its plugin's name.</summary>
/// <param name="inner">The plugin's format.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedDatasetFormat(IDatasetFormat inner, ContributionInfo contribution) : IDatasetFormat
{
    /// <inheritdoc />
    public Dataset Open(DatasetSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        Dataset? dataset = PluginGuard.Call<Dataset?, IOException>(contribution, $"Reading {source.Path ?? "the dataset"}", () =>
        {
            try
            {
                return AbandonableWork.Run(() => inner.Open(source, cancellationToken), cancellationToken);
            }
            catch (UnauthorizedAccessException denied)
            {
                // The user's file, not the plugin's fault.
                throw new IOException(denied.Message, denied);
            }
        }, cancellationToken);
        return dataset is { Items.IsDefault: false, ClassNames.IsDefault: false, Faults.IsDefault: false }
            ? dataset
            : throw new PluginException([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, "returned no dataset")]);
    }
}
