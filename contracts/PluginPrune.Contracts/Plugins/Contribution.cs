using System.Collections.Immutable;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Contracts.Plugins;

/// <summary>Something that a plugin adds to the host, by name.</summary>
public sealed class Contribution
{
    private readonly Func<IReadOnlyDictionary<string, string>, IHostServices, object> _create;

    private Contribution(
        ContributionKind kind, string name, string summary, Type optionsType, Func<IReadOnlyDictionary<string, string>, IHostServices, object> create)
    {
        Kind = kind;
        Name = name;
        Summary = summary;
        OptionsType = optionsType;
        _create = create;
    }

    /// <summary>What it is.</summary>
    public ContributionKind Kind { get; }

    /// <summary>Its name in kebab-case, unique among the plugin's contributions of its kind.</summary>
    public string Name { get; }

    /// <summary>One sentence without a full stop, for lists and help.</summary>
    public string Summary { get; }

    /// <summary>The class whose properties are its options.</summary>
    public Type OptionsType { get; }

    /// <summary>The file extensions of a model or dataset format, with their dots.</summary>
    public ImmutableArray<string> Extensions { get; private init; } = [];

    /// <summary>
    /// By what a folder is known as a dataset of this format: names in it, files or folders, in any case, perhaps with '*' for
    /// any letters and '/' between a folder and what lies in it, for instance 'labels', '*.xml' or 'annotations/*.json'.
    /// </summary>
    public ImmutableArray<string> Markers { get; private init; } = [];

    /// <summary>Makes a contribution.</summary>
    /// <typeparam name="TOptions">The class whose properties are its options.</typeparam>
    /// <param name="kind">What it is.</param>
    /// <param name="name">In kebab-case.</param>
    /// <param name="summary">One sentence without a full stop.</param>
    /// <param name="create">Makes the object that does the work, for one run.</param>
    public static Contribution Of<TOptions>(ContributionKind kind, string name, string summary, Func<TOptions, object> create)
        where TOptions : new() =>
        new(kind, name, summary, typeof(TOptions), (values, _) => create(OptionBinder.Bind<TOptions>(values)));

    /// <summary>Makes a contribution that needs others.</summary>
    /// <typeparam name="TOptions">The class whose properties are its options.</typeparam>
    /// <param name="kind">What it is.</param>
    /// <param name="name">In kebab-case.</param>
    /// <param name="summary">One sentence without a full stop.</param>
    /// <param name="create">Makes the object that does the work, for one run; it may keep the services.</param>
    public static Contribution Of<TOptions>(
        ContributionKind kind, string name, string summary, Func<TOptions, IHostServices, object> create)
        where TOptions : new() =>
        new(kind, name, summary, typeof(TOptions), (values, services) => create(OptionBinder.Bind<TOptions>(values), services));

    /// <summary>The same contribution with the extensions of its files.</summary>
    /// <param name="extensions">With their dots.</param>
    public Contribution WithExtensions(IEnumerable<string> extensions) =>
        new(Kind, Name, Summary, OptionsType, _create) { Extensions = [.. extensions], Markers = Markers };

    /// <summary>The same contribution with what its folders hold.</summary>
    /// <param name="markers">See <see cref="Markers"/>.</param>
    public Contribution WithMarkers(IEnumerable<string> markers) =>
        new(Kind, Name, Summary, OptionsType, _create) { Extensions = Extensions, Markers = [.. markers] };

    /// <summary>Makes the object that does the work.</summary>
    /// <param name="options">Option names in kebab-case and their values as text, invariant culture; others take their defaults.</param>
    /// <param name="services">What the host does for it.</param>
    /// <exception cref="OptionException">An option is unknown or its value is not allowed.</exception>
    public object Create(IReadOnlyDictionary<string, string> options, IHostServices services) => _create(options, services);
}
