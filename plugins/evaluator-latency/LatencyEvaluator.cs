using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.EvaluatorLatency;

/// <summary>Measures how long networks take. They run in turns, and every other round backwards, so that a disturbance hits all alike.</summary>
/// <param name="options">How.</param>
internal sealed class LatencyEvaluator(LatencyOptions options) : IEvaluator
{
    private const int StandardRuns = 21;

    // A median of 21 runs of 2 ms is that of 40 ms of a machine's life: one hiccup, and it is another.
    private const double EnoughMilliseconds = 500;
    private const int MostRuns = 40 * StandardRuns;

    /// <inheritdoc />
    public EvaluationNeeds Needs => EvaluationNeeds.Engine;

    /// <inheritdoc />
    public ImmutableArray<EvaluationResult> Evaluate(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var contestants = new List<Contestant>();
        try
        {
            foreach (EvaluationSubject subject in context.Subjects)
            {
                contestants.Add(new Contestant(context, subject, options, cancellationToken));
            }

            Measure(context, contestants, cancellationToken);
            return [.. contestants.Select(contestant => ResultOf(context, contestant, cancellationToken))];
        }
        finally
        {
            contestants.ForEach(static contestant => contestant.Dispose());
        }
    }

    private void Measure(EvaluationContext context, List<Contestant> contestants, CancellationToken cancellationToken)
    {
        int rounds = options.WarmUp + (options.Runs ?? StandardRuns);
        for (int round = 0; round < rounds || (options.Runs is null && IsQuick(contestants, round - options.WarmUp)); round++)
        {
            for (int i = 0; i < contestants.Count; i++)
            {
                contestants[round % 2 == 0 ? i : contestants.Count - 1 - i].Run(round >= options.WarmUp, cancellationToken);
            }

            context.Progress(Math.Min(1, (round + 1.0) / rounds));
        }
    }

    /// <summary>Whether more runs cost next to nothing and are needed.</summary>
    private static bool IsQuick(List<Contestant> contestants, int runs) =>
        runs < MostRuns && contestants.All(static contestant => contestant.MeasuredMilliseconds < EnoughMilliseconds);

    private EvaluationResult ResultOf(EvaluationContext context, Contestant contestant, CancellationToken cancellationToken)
    {
        double median = Quantiles.Of(contestant.Times, 0.5);
        return new EvaluationResult(
        [
            new Metric("median", median, "ms", MetricDirection.Lower, 2),
            new Metric("p90", Quantiles.Of(contestant.Times, 0.9), "ms", MetricDirection.Lower, 2),
            new Metric("spread", Quantiles.Of(contestant.Times, 0.75) - Quantiles.Of(contestant.Times, 0.25), "ms", MetricDirection.Lower, 2),
            new Metric("images/s", 1000 / median, string.Empty, MetricDirection.Higher, 1),
        ])
        {
            Tables = LayersOf(context, contestant, cancellationToken),
        };
    }

    private ImmutableArray<MetricTable> LayersOf(EvaluationContext context, Contestant contestant, CancellationToken cancellationToken)
    {
        if (!options.PerLayer)
        {
            return [];
        }

        if (contestant.Profiler is null)
        {
            context.Warn($"The engine of '{contestant.Subject.Name}' does not tell the time of each layer; the managed engine and torch do.");
            return [];
        }

        return [LayerTimes.Measure(contestant, options.Runs ?? StandardRuns, cancellationToken)];
    }
}
