using System.Collections.Concurrent;
using System.Collections.Immutable;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>What the rest of the host sees of plugins. Naming a contribution loads its plugin, once. Safe from every thread.</summary>
/// <param name="catalog">What was found.</param>
public sealed class PluginHost(PluginCatalog catalog) : IHostServices
{
    private readonly ConcurrentDictionary<string, Lazy<PluginActivation>> _activations = new(StringComparer.Ordinal);

    /// <summary>What was found.</summary>
    public PluginCatalog Catalog { get; } = catalog;

    /// <summary>A host over the usual folders.</summary>
    /// <param name="folders">The folders of --plugins.</param>
    public static PluginHost Open(IEnumerable<string> folders) => new(PluginCatalog.Discover(PluginRoots.Default(folders)));

    /// <summary>What can be asked for by name, of one kind; from manifests alone.</summary>
    /// <param name="kind">The kind.</param>
    public ImmutableArray<ContributionInfo> Contributions(ContributionKind kind) => Catalog.Contributions(kind);

    /// <summary>Makes the object that does the work of a contribution, for one run. It comes guarded: what it throws bears its plugin's name.</summary>
    /// <typeparam name="TService">The interface of the kind, for instance <see cref="IPruningCriterion"/>.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The name, or 'publisher.plugin/name'.</param>
    /// <param name="options">Names or aliases of options and their values as text, invariant culture.</param>
    /// <exception cref="OptionException">An option is unknown or its value is not allowed; found before the plugin is loaded.</exception>
    public PluginResult<TService> Create<TService>(
        ContributionKind kind, string name, IReadOnlyDictionary<string, string> options)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(options);
        ContributionLookup lookup = Catalog.Find(kind, name);
        if (lookup.Contribution is not { } info)
        {
            return new PluginResult<TService>(null, null, lookup.Diagnostics);
        }

        IReadOnlyDictionary<string, string> checkedOptions = OptionNames.Check(info, options);
        PluginActivation activation = Activate(lookup.Plugin!);
        if (activation.Plugin is not { } plugin)
        {
            return new PluginResult<TService>(null, info, [.. activation.Diagnostics.OrderByDescending(static diagnostic => diagnostic.Severity)]);
        }

        Contribution contribution = plugin.Contributions.First(candidate => candidate.Kind == kind && candidate.Name == info.Name);
        try
        {
            object? service = PluginGuard.Call(info, DiagnosticCodes.CreationThrew, "Creating it", () => contribution.Create(checkedOptions, this), CancellationToken.None);
            return service is TService
                ? new PluginResult<TService>((TService)Guarded(service, info), info, [])
                : new PluginResult<TService>(null, info, [WrongService(info, service, typeof(TService))]);
        }
        catch (PluginException fault)
        {
            return new PluginResult<TService>(null, info, fault.Diagnostics);
        }
    }

    /// <inheritdoc />
    IModelFormat IHostServices.FindFormat(string name, IReadOnlyDictionary<string, string> options) =>
        Create<IModelFormat>(ContributionKind.Format, name, options) switch
        {
            { Service: { } format } => format,
            var missing => throw new ContributionNotFoundException(string.Join(' ', missing.Diagnostics.Select(static diagnostic => diagnostic.ToString()))),
        };

    /// <summary>Loads a plugin that has not been loaded yet, and tells what came of it.</summary>
    /// <param name="plugin">A usable plugin of the catalogue.</param>
    public PluginActivation Activate(PluginEntry plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return _activations.GetOrAdd(
            plugin.Folder, static (_, entry) => new Lazy<PluginActivation>(() => PluginActivator.Activate(entry)), plugin).Value;
    }

    private static object Guarded(object service, ContributionInfo info) => (info.Kind, service) switch
    {
        (ContributionKind.Criterion, IPruningCriterion criterion) => new GuardedCriterion(criterion, info),
        (ContributionKind.BlockCriterion, IBlockCriterion criterion) => new GuardedBlockCriterion(criterion, info),
        (ContributionKind.Format, IRecognizingFormat format) => new GuardedRecognizingFormat(format, info),
        (ContributionKind.Format, IModelFormat format) => new GuardedFormat(format, info),
        (ContributionKind.Head, IDetectionHead head) => new GuardedDetectionHead(head, info),
        (ContributionKind.Head, IClassificationHead head) => new GuardedClassificationHead(head, info),
        (ContributionKind.Head, IHead head) => new GuardedHead(head, info),
        (ContributionKind.Engine, IEngine engine) => new GuardedEngine(engine, info),
        (ContributionKind.Dataset, IDatasetFormat format) => new GuardedDatasetFormat(format, info),
        (ContributionKind.Evaluator, IEvaluator evaluator) => new GuardedEvaluator(evaluator, info),
        (ContributionKind.Scheduler, ISparsityScheduler scheduler) => new GuardedScheduler(scheduler, info),
        _ => service,
    };

    private static PluginDiagnostic WrongService(ContributionInfo info, object? service, Type wanted) =>
        PluginGuard.Breach(info, DiagnosticCodes.WrongService, $"made {service?.GetType().FullName ?? "null"} where an {wanted.Name} is wanted");
}
