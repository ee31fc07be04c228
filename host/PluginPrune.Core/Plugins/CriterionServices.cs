using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Measuring;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>What the host does for criteria, with those that they build on found among its plugins. For one run, and one thread at a time.</summary>
/// <param name="plugins">Where others are found.</param>
public sealed class CriterionServices(PluginHost plugins) : IPruningServices
{
    private static readonly ImmutableDictionary<string, IReadOnlyDictionary<string, string>> NoSettings = ImmutableDictionary<string, IReadOnlyDictionary<string, string>>.Empty;

    private readonly PruningServices _selection = new(static (_, _) => throw new NotSupportedException("Criteria are found here."));
    private readonly List<ContributionInfo> _deciding = [];
    private ChannelMeter? _meter;
    private InputMeter? _inputMeter;

    /// <summary>The criterion that the run is about, so that none builds on it; null where there is none.</summary>
    public ContributionInfo? Root { get; init; }

    /// <summary>What the user gives criteria that others build on, by their full names.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Settings { get; init; } = NoSettings;

    /// <summary>
    /// Makes what measures channels, when a criterion first asks for it; it is given the criterion's name, and throws a
    /// <see cref="MeasurementException"/> where something is missing. Null where there are no labelled pictures to be had.
    /// </summary>
    public Func<string, CancellationToken, ChannelMeter>? MakeMeter { get; init; }

    /// <summary>The same for what layers read, on pictures without labels.</summary>
    public Func<string, CancellationToken, InputMeter>? MakeInputMeter { get; init; }

    /// <inheritdoc />
    public ChannelMasks Select(PruningContext context, ChannelDecision decision) => _selection.Select(context, decision);

    /// <inheritdoc />
    public ImmutableArray<double[]> Measure(PruningContext context, ChannelMeasurement measurement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Measure("needs labelled pictures", "needs an engine that trains", MakeMeter, ref _meter, meter => meter.Measure(context.Network, measurement, context.Seed, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public InputStatistics MeasureInputs(PruningContext context, InputMeasurement measurement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Measure("needs pictures", "needs an engine", MakeInputMeter, ref _inputMeter, meter => meter.Measure(context.Network, measurement, context.Seed, cancellationToken), cancellationToken);
    }

    private TResult Measure<TMeter, TResult>(
        string pictures, string engine, Func<string, CancellationToken, TMeter>? make, ref TMeter? meter, Func<TMeter, TResult> measure, CancellationToken cancellationToken)
        where TMeter : class
    {
        string name = (_deciding.LastOrDefault() ?? Root)?.Name ?? "of this run";
        if (make is null)
        {
            throw new MeasurementException($"The criterion '{name}' {pictures}, and this command takes none: 'host prune --criterion {Root?.Name ?? name} --data PATH --dry-run' shows what would go.");
        }

        try
        {
            meter ??= make(name, cancellationToken);
            return measure(meter);
        }
        catch (Exception fault) when (fault is TrainingException or RecalibrationException or NotSupportedException or HeadException or NetworkException)
        {
            // What the user's network or pictures lack is no fault of the plugin that asks.
            throw new MeasurementException($"What the criterion '{name}' goes by cannot be measured. {fault.Message}");
        }
        catch (EngineUnavailableException missing)
        {
            throw new EngineUnavailableException($"The criterion '{name}' {engine}. {missing.Message}", missing);
        }
    }

    /// <inheritdoc />
    /// <exception cref="PluginException">Several contribute it, or its plugin is at fault.</exception>
    public IPruningCriterion FindCriterion(string name, IReadOnlyDictionary<string, string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ContributionInfo info = Find(name);
        RefuseCircle(info);
        return new BuiltOn(this, info, plugins.Create<IPruningCriterion>(ContributionKind.Criterion, info.FullName, Merge(info, options)).GetOrThrow());
    }

    /// <inheritdoc />
    /// <exception cref="PluginException">Several contribute it.</exception>
    public ImmutableArray<OptionDescriptor> OptionsOf(string name) => Find(name).Options;

    private ContributionInfo Find(string name)
    {
        ContributionLookup lookup = plugins.Catalog.Find(ContributionKind.Criterion, name);
        return lookup switch
        {
            { Contribution: { } contribution } => contribution,
            { Diagnostics: [{ Code: DiagnosticCodes.NameUnknown } unknown, ..] } => throw new ContributionNotFoundException(unknown.ToString()),
            _ => throw new PluginException(lookup.Diagnostics),
        };
    }

    /// <exception cref="OptionException">The criterion would ask itself, and that without end.</exception>
    private void RefuseCircle(ContributionInfo asked)
    {
        ContributionInfo[] chain = [.. Root is null ? [] : (ContributionInfo[])[Root], .. _deciding];
        if (Array.Exists(chain, builder => builder.FullName == asked.FullName))
        {
            string[] options = [.. chain[^1].Options.Where(static option => option.Names == ContributionKind.Criterion).Select(static option => "--" + option.Name)];
            throw new OptionException(
                $"The criterion '{asked.Name}' cannot build on itself ({string.Join(" asks ", chain.Append(asked).Select(static info => info.Name))}). Name another{(options.Length == 0 ? string.Empty : $" with {string.Join(" or ", options)}")}.");
        }
    }

    private Dictionary<string, string> Merge(ContributionInfo info, IReadOnlyDictionary<string, string> given)
    {
        var merged = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach ((string option, string value) in Settings.GetValueOrDefault(info.FullName) ?? ImmutableDictionary<string, string>.Empty)
        {
            if (!merged.TryAdd(option, value))
            {
                string builder = _deciding.LastOrDefault()?.Name ?? Root?.Name ?? "the criterion that builds on it";
                throw new OptionException($"--set gives {info.Name}.{option}, which {builder} gives it too. Leave --set, and use {builder}'s own option.");
            }
        }

        return merged;
    }

    /// <summary>Knows that it decides, so that nothing it asks for asks for it.</summary>
    private sealed class BuiltOn(CriterionServices services, ContributionInfo info, IPruningCriterion criterion) : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
        {
            services._deciding.Add(info);
            try
            {
                return criterion.Decide(context, cancellationToken);
            }
            finally
            {
                services._deciding.RemoveAt(services._deciding.Count - 1);
            }
        }
    }
}
