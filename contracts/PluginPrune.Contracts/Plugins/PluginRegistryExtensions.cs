using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Contracts.Plugins;

/// <summary>Adds contributions of each kind.</summary>
public static class PluginRegistryExtensions
{
    /// <summary>Adds a criterion.</summary>
    /// <typeparam name="TOptions">The class whose properties are its options.</typeparam>
    /// <param name="registry">The registry.</param>
    /// <param name="name">In kebab-case, for instance 'slim'.</param>
    /// <param name="summary">One sentence without a full stop.</param>
    /// <param name="create">Makes one for a run.</param>
    public static void AddCriterion<TOptions>(
        this IPluginRegistry registry, string name, string summary, Func<TOptions, IPruningCriterion> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.Criterion, name, summary, create));

    /// <summary>Adds a block criterion.</summary>
    /// <inheritdoc cref="AddCriterion" path="/typeparam|/param" />
    public static void AddBlockCriterion<TOptions>(
        this IPluginRegistry registry, string name, string summary, Func<TOptions, IBlockCriterion> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.BlockCriterion, name, summary, create));

    /// <summary>Adds a model format.</summary>
    /// <typeparam name="TOptions">The class whose properties are its options.</typeparam>
    /// <param name="registry">The registry.</param>
    /// <param name="name">In kebab-case, for instance 'darknet'.</param>
    /// <param name="summary">One sentence without a full stop.</param>
    /// <param name="extensions">The extensions of the file that describes the network, with their dots.</param>
    /// <param name="create">Makes one for a run.</param>
    public static void AddFormat<TOptions>(
        this IPluginRegistry registry, string name, string summary, IEnumerable<string> extensions, Func<TOptions, IModelFormat> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.Format, name, summary, create).WithExtensions(extensions));

    /// <summary>Adds a head.</summary>
    /// <inheritdoc cref="AddCriterion" path="/typeparam|/param" />
    public static void AddHead<TOptions>(
        this IPluginRegistry registry, string name, string summary, Func<TOptions, IHead> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.Head, name, summary, create));

    /// <summary>Adds an engine.</summary>
    /// <inheritdoc cref="AddCriterion" path="/typeparam|/param" />
    public static void AddEngine<TOptions>(
        this IPluginRegistry registry, string name, string summary, Func<TOptions, IEngine> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.Engine, name, summary, create));

    /// <summary>Adds an engine that needs other contributions.</summary>
    /// <inheritdoc cref="AddCriterion" path="/typeparam|/param" />
    public static void AddEngine<TOptions>(
        this IPluginRegistry registry, string name, string summary, Func<TOptions, IHostServices, IEngine> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.Engine, name, summary, create));

    /// <summary>Adds a dataset format.</summary>
    /// <typeparam name="TOptions">The class whose properties are its options.</typeparam>
    /// <param name="registry">The registry.</param>
    /// <param name="name">In kebab-case, for instance 'voc'.</param>
    /// <param name="summary">One sentence without a full stop.</param>
    /// <param name="extensions">The extensions of a file that describes such a dataset, with their dots; empty for none.</param>
    /// <param name="markers">What lies in the folder of such a dataset, see <see cref="Contribution.Markers"/>.</param>
    /// <param name="create">Makes one for a run.</param>
    public static void AddDataset<TOptions>(
        this IPluginRegistry registry,
        string name,
        string summary,
        IEnumerable<string> extensions,
        IEnumerable<string> markers,
        Func<TOptions, IDatasetFormat> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.Dataset, name, summary, create).WithExtensions(extensions).WithMarkers(markers));

    /// <summary>Adds an evaluator.</summary>
    /// <inheritdoc cref="AddCriterion" path="/typeparam|/param" />
    public static void AddEvaluator<TOptions>(
        this IPluginRegistry registry, string name, string summary, Func<TOptions, IEvaluator> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.Evaluator, name, summary, create));

    /// <summary>Adds a sparsity scheduler.</summary>
    /// <inheritdoc cref="AddCriterion" path="/typeparam|/param" />
    public static void AddScheduler<TOptions>(
        this IPluginRegistry registry, string name, string summary, Func<TOptions, ISparsityScheduler> create)
        where TOptions : new() =>
        registry.Add(Contribution.Of(ContributionKind.Scheduler, name, summary, create));
}
