using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Cli.Eval;

/// <summary>--evaluator: what measures networks.</summary>
/// <param name="standard">The evaluators of who names none.</param>
internal sealed class EvaluatorArguments(params string[] standard)
{
    private readonly List<ContributionOptions> _evaluators = [];
    private ContributionSet? _contributions;

    public Option<string[]> Evaluator { get; } = new("--evaluator")
    {
        Description = $"What is measured; may be given several times, or as a list [default: {string.Join(',', standard)}]",
        HelpName = "A,B",
        DefaultValueFactory = _ => standard,
    };

    /// <summary>Usual ones for other networks than most: their options are given by --set alone.</summary>
    public string[] Others { get; init; } = [];

    /// <summary>Those that were found, in order.</summary>
    public IReadOnlyList<ContributionOptions> Found => _evaluators;

    /// <summary>Finds the evaluators that a command line names; they bring their options.</summary>
    public void FindEvaluators(string[] args, ContributionSet contributions)
    {
        _contributions = contributions;
        string[] named = [.. ArgumentScan.ValuesOf(args, Evaluator.Name).SelectMany(Names).Distinct(StringComparer.Ordinal)];
        foreach (string name in named)
        {
            _evaluators.Add(contributions.Named(ContributionKind.Evaluator, name));
        }

        // One that nobody named may be missing until it is needed.
        foreach (string name in named.Length > 0 ? [] : standard)
        {
            Add(contributions.Standard(ContributionKind.Evaluator, name));
        }

        foreach (string name in named.Length > 0 ? [] : Others)
        {
            Add(contributions.Candidate(ContributionKind.Evaluator, name));
        }
    }

    /// <summary>Finds the usual evaluators for a command line that says nothing of them; their options are given by --set alone.</summary>
    public void FindCandidates(ContributionSet contributions)
    {
        _contributions = contributions;
        foreach (string name in standard.Concat(Others))
        {
            Add(contributions.Candidate(ContributionKind.Evaluator, name));
        }
    }

    /// <summary>Whether the command line names evaluators.</summary>
    public bool IsNamed(ParseResult result) => result.GetResult(Evaluator) is { Implicit: false };

    /// <summary>Makes those that the command line names, or of the usual ones those that suit; this loads their plugins.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="suits">Says of a usual one whether it suits.</param>
    /// <exception cref="UsageException">One that is used by default is not there.</exception>
    public IReadOnlyList<NamedEvaluator> Create(ParseResult result, Func<string, bool> suits)
    {
        bool isNamed = IsNamed(result);
        foreach (string name in isNamed ? [] : standard.Concat(Others).Where(suits))
        {
            _contributions!.Demand(_contributions.Candidate(ContributionKind.Evaluator, name), ContributionKind.Evaluator, name, "name another with --evaluator");
        }

        return
        [
            .. _evaluators
                .Where(evaluator => isNamed || suits(evaluator.Contribution.Name))
                .Select(evaluator => Create(evaluator, evaluator.ValuesIn(result))),
        ];
    }

    /// <summary>Makes all of them.</summary>
    /// <inheritdoc cref="Create(ParseResult, Func{string, bool})" />
    public IReadOnlyList<NamedEvaluator> Create(ParseResult result) => Create(result, static _ => true);

    /// <summary>Makes one; this loads its plugin.</summary>
    /// <param name="evaluator">One of those found.</param>
    /// <param name="values">Its options.</param>
    public NamedEvaluator Create(ContributionOptions evaluator, IReadOnlyDictionary<string, string> values) =>
        new(evaluator.Contribution.Name, _contributions!.Create<IEvaluator>(evaluator, values));

    private void Add(ContributionOptions? evaluator)
    {
        if (evaluator is not null)
        {
            _evaluators.Add(evaluator);
        }
    }

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
