using System.Collections.Immutable;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Data;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Eval;

/// <summary>Measures networks with the host's services, and shows how far it is.</summary>
/// <param name="plugins">Where heads are found.</param>
/// <param name="terminal">Shows progress and takes warnings.</param>
/// <param name="data">The pictures; null for none.</param>
internal sealed class EvaluationSession(PluginHost plugins, Terminal terminal, LoadedDataset? data)
{
    private readonly EvaluationServices _services = new(plugins.FindHead, data?.BadPictures);

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; init; }

    /// <summary>Measures.</summary>
    /// <exception cref="EvaluationException">Something that an evaluator needs is missing.</exception>
    public EvaluationReport Measure(
        IReadOnlyList<NamedEvaluator> evaluators, ImmutableArray<EvaluationSubject> subjects, CancellationToken cancellationToken) =>
        new ProgressLine(terminal).Track("Measuring", (title, share) =>
        {
            var context = new EvaluationContext(subjects, _services)
            {
                Dataset = data?.Dataset,
                Seed = Seed,
                Progress = share,
                Warn = terminal.Warn,
            };
            return new EvaluationRun(evaluators) { EvaluatorBegins = name => title($"Measuring {name}") }.Execute(context, cancellationToken);
        });
}
