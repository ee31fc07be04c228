using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Data;

/// <summary>A dataset whose labels have been read and whose unusable pictures are gone.</summary>
public sealed class LoadedDataset
{
    private LoadedDataset(Dataset dataset, DatasetRequest request, BadPictures bad)
    {
        Dataset = dataset;
        Request = request;
        BadPictures = bad;
    }

    /// <summary>The pictures that can be used, as far as their labels tell, at least one.</summary>
    public Dataset Dataset { get; }

    /// <summary>What was asked for.</summary>
    public DatasetRequest Request { get; }

    /// <summary>The part that was read.</summary>
    public string Split => Dataset.Split ?? Request.Split;

    /// <summary>What becomes of pictures that cannot be decoded: for whoever decodes them.</summary>
    public BadPictures BadPictures { get; }

    /// <summary>Reads a dataset's labels.</summary>
    /// <param name="plugins">The plugins; the format's is loaded.</param>
    /// <param name="request">What to read.</param>
    /// <param name="warn">Takes sentences for the user.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InputException">There is no such dataset, it has no pictures, or one cannot be used and is not to be passed over.</exception>
    /// <exception cref="OptionException">An option of the format is at fault.</exception>
    /// <exception cref="PluginException">The format's plugin is at fault.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoadedDataset Load(PluginHost plugins, DatasetRequest request, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(warn);
        Dataset whole = Open(plugins, request, warn, cancellationToken);
        var bad = new BadPictures(request.SkipBad, warn);
        DatasetFault[] errors = [.. whole.Faults.Where(static fault => fault.Severity == FaultSeverity.Error)];
        if (errors.Length > 0)
        {
            bad.Add(errors);
        }

        ImmutableArray<DatasetItem> usable = [.. bad.PassOver(whole.Items)];
        if (usable.IsEmpty)
        {
            throw whole.Items.IsEmpty
                ? new InputException(request.Choice.Name, null, $"the split '{request.Split}' has no pictures.") { IsPartMissing = true }
                : new InputException(request.Choice.Name, null, $"none of the {whole.Items.Length} pictures of the split '{request.Split}' can be used; 'host data check' says why.");
        }

        WarnOf([.. whole.Faults, .. usable.SelectMany(static item => item.Faults)], warn);
        return new LoadedDataset(whole with { Items = usable }, request, bad);
    }

    /// <summary>Reads a dataset's labels, whatever is wrong with them.</summary>
    /// <inheritdoc cref="Load" />
    public static Dataset Open(PluginHost plugins, DatasetRequest request, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        ArgumentNullException.ThrowIfNull(request);
        IDatasetFormat format = plugins.Create<IDatasetFormat>(ContributionKind.Dataset, request.Choice.Format.FullName, request.Options).GetOrThrow();
        return format.Open(new DatasetSource(request.Choice.Path, request.Split, warn) { IsSplitNamed = request.IsSplitNamed }, cancellationToken);
    }

    private static void WarnOf(DatasetFault[] faults, Action<string> warn)
    {
        DatasetFault[] warnings = [.. faults.Where(static fault => fault.Severity == FaultSeverity.Warning)];
        if (warnings.Length > 0)
        {
            string kinds = string.Join(", ", warnings.GroupBy(static fault => fault.Kind, StringComparer.Ordinal).Select(static kind => $"{kind.Key} ({kind.Count()})"));
            warn($"the labels have {warnings.Length} {(warnings.Length == 1 ? "flaw" : "flaws")} that {(warnings.Length == 1 ? "was" : "were")} dealt with: {kinds}; 'host data check' lists them. The first: {warnings[0]}");
        }
    }
}
