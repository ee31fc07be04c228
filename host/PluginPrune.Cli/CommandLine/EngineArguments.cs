using System.CommandLine;
using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Engines;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>--engine and --threads: what runs networks.</summary>
/// <param name="description">What the engine does for the command.</param>
/// <param name="standard">The engine of who names none: a name, or <see cref="Auto"/>.</param>
/// <param name="isList">Whether several may be named, parted by commas.</param>
/// <param name="standardText">What help says of who names none; null for the engine's name.</param>
internal sealed class EngineArguments(string description, string standard, bool isList = false, string? standardText = null)
{
    /// <summary>The fastest engine that there is.</summary>
    public const string Auto = "auto";

    /// <summary>The engine that needs nothing.</summary>
    public const string Embedded = "managed";

    private const string ThreadsOption = "threads";

    private static readonly string[] FastestFirst = ["onnxruntime", "torch", Embedded];

    private ContributionSet? _contributions;

    public Option<string> Engine { get; } = new("--engine")
    {
        Description = $"{description}; auto is the first that works of {string.Join(", ", FastestFirst)} [default: {standardText ?? standard}]",
        HelpName = isList ? "A,B" : "NAME",
        DefaultValueFactory = _ => standard,
    };

    public Option<int> Threads { get; } = OptionKinds.Integer("--" + ThreadsOption, "How many threads compute at once, 0 for one per processor, which is also the most", 0, 0);

    public IEnumerable<Option> All => [Engine, Threads];

    /// <summary>Finds the engine that a command line names; it brings its options.</summary>
    public void FindEngine(string[] args, ContributionSet contributions)
    {
        _contributions = contributions;
        string? named = ArgumentScan.ValueOf(args, Engine.Name);
        foreach (string name in NamesIn(named ?? standard))
        {
            if (name != Auto)
            {
                contributions.NamedOrStandard(ContributionKind.Engine, named is null ? null : name, standard);
            }
        }

        // What auto stands for is found out when it is needed; its options are given by --set.
        foreach (string candidate in FastestFirst)
        {
            contributions.Candidate(ContributionKind.Engine, candidate);
        }
    }

    /// <summary>Whether the command line names an engine.</summary>
    public bool IsNamed(ParseResult result) => result.GetResult(Engine) is { Implicit: false };

    /// <summary>Whether the command line says anything of the engine: which, or an option of its own.</summary>
    public bool IsSaid(ParseResult result) => IsNamed(result)
        || (_contributions?.Candidate(ContributionKind.Engine, standard) is { } engine && engine.ValuesIn(result).Count > 0);

    /// <summary>The engines to try, in order; nothing is loaded yet.</summary>
    public EngineChoice ChoiceIn(ParseResult result) => ChoiceOf(result.GetValue(Engine)!, result);

    /// <summary>The engines to try for measuring: the one that is named, else the fastest there is.</summary>
    public EngineChoice MeasuringIn(ParseResult result) => IsNamed(result) ? ChoiceIn(result) : ChoiceOf(Auto, result);

    /// <summary>The same where several engines may be named, parted by commas: one choice for each.</summary>
    public IReadOnlyList<EngineChoice> ChoicesIn(ParseResult result) =>
        [.. NamesIn(result.GetValue(Engine)!).Select(name => ChoiceOf(name, result))];

    /// <summary>The same for an engine that another option names.</summary>
    public EngineChoice ChoiceOf(string name, ParseResult result) => new(
        name == Auto ? FastestFirst : [name],
        candidate => _contributions!.Candidate(ContributionKind.Engine, candidate) is { } engine ? () => Create(engine, result) : null);

    /// <summary>What the command line says of an engine, but how many threads it has: the rest may change what comes out.</summary>
    public IEnumerable<string> SettingsOf(string name, ParseResult result) =>
        (_contributions!.Candidate(ContributionKind.Engine, name)?.ValuesIn(result) ?? [])
            .Where(static pair => pair.Key != ThreadsOption).OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}");

    /// <summary>The engine for work that needs one.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="instead">What to do where there is none, as part of a sentence.</param>
    /// <param name="note">Takes a sentence where an engine is passed over.</param>
    public IEngine Create(ParseResult result, string instead, Action<string> note)
    {
        string name = result.GetValue(Engine)!;
        return name == Auto
            ? ChoiceIn(result).Choose(note).Engine
            : Create(_contributions!.Demand(_contributions.Candidate(ContributionKind.Engine, name), ContributionKind.Engine, name, instead), result);
    }

    /// <summary>The same, with an engine behind it for networks that the standard one does not run; one that is named stands alone.</summary>
    public IEngine CreateWithFallback(ParseResult result, string instead, Action<string> note)
    {
        IEngine engine = Create(result, instead, note);
        return IsNamed(result) ? engine : new FallbackEngine(engine, ChoiceOf(FastestFirst[0], result), note);
    }

    /// <summary>The engine for work that needs gradients: the one that is named where it trains, else the first that does.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="note">Takes a sentence where the engine that is named is passed over.</param>
    /// <returns>Null where none trains.</returns>
    /// <exception cref="EngineUnavailableException">What it needs is not installed.</exception>
    public ITrainingEngine? CreateTraining(ParseResult result, Action<string> note)
    {
        string[] named = IsNamed(result) ? [.. NamesIn(result.GetValue(Engine)!).Where(static name => name != Auto)] : [];
        foreach (string name in named.Concat(["torch", .. FastestFirst]).Distinct(StringComparer.Ordinal))
        {
            if (_contributions!.Candidate(ContributionKind.Engine, name) is { } found && TrainingOf(Create(found, result)) is { } training)
            {
                if (named is [var first, ..] && first != name)
                {
                    note($"The engine {first} does not train: the loss is looked at with {name}.");
                }

                return training;
            }
        }

        return null;
    }

    /// <summary>The engine where it trains, else null.</summary>
    public static ITrainingEngine? TrainingOf(IEngine engine) => engine is GuardedEngine guarded ? guarded.Training : engine as ITrainingEngine;

    private string[] NamesIn(string text) =>
        isList ? [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)] : [text];

    private IEngine Create(ContributionOptions engine, ParseResult result)
    {
        // More would wait for each other, seconds for each picture.
        int threads = Math.Min(result.GetValue(Threads), Environment.ProcessorCount);
        Dictionary<string, string> values = engine.ValuesIn(result);
        if (threads > 0 && engine.Has(ThreadsOption) && !values.TryAdd(ThreadsOption, threads.ToString(CultureInfo.InvariantCulture)))
        {
            throw new UsageException($"{Threads.Name} is given twice, once by --set {engine.Contribution.Name}.{ThreadsOption}. Leave one.");
        }

        return _contributions!.Create<IEngine>(engine, values);
    }
}
