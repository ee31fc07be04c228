using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EvaluatorFidelity;

/// <summary>Compares networks with the first one on pictures, without labels.</summary>
/// <param name="options">How.</param>
internal sealed class FidelityEvaluator(FidelityOptions options) : IEvaluator
{
    /// <inheritdoc />
    public EvaluationNeeds Needs => EvaluationNeeds.Engine;

    /// <inheritdoc />
    public ImmutableArray<EvaluationResult> Evaluate(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        EvaluationContext few = Few(context);
        OutputComparison comparison = OutputComparison.Run(few, options.Pictures, share => context.Progress(share / 2), cancellationToken);
        Agreement[]? agreements = Agree(few, context.Progress, cancellationToken);
        context.Progress(1);
        return
        [
            .. Enumerable.Range(0, context.Subjects.Length)
                .Select(i => Result(context.Subjects[i].Network, comparison.Sums[i], agreements?[i])),
        ];
    }

    /// <summary>The first pictures, without labels and classes: nothing here depends on what they show.</summary>
    private EvaluationContext Few(EvaluationContext context) => new(context.Subjects, context.Services)
    {
        Dataset = context.Dataset is { } dataset
            ? dataset with { ClassNames = [], Items = [.. dataset.Items.Take(options.Pictures).Select(static item => item with { Labels = [] })] }
            : null,
        Seed = context.Seed,
        Warn = context.Warn,
    };

    private Agreement[]? Agree(EvaluationContext context, Action<double> progress, CancellationToken cancellationToken)
    {
        if (context.Dataset is not Dataset dataset || context.Subjects[0].Network.Heads.IsEmpty)
        {
            return null;
        }

        var settings = new DetectionSettings { Confidence = options.Conf };
        var agreements = new Agreement[context.Subjects.Length];
        ImmutableArray<ImmutableArray<Detection>> reference = [];
        for (int i = 0; i < context.Subjects.Length; i++)
        {
            ImmutableArray<ImmutableArray<Detection>> found;
            try
            {
                found = [.. context.Services.Detect(context, context.Subjects[i], settings, cancellationToken).Select(static picture => picture.Detections)];
            }
            catch (EvaluationException reason) when (i == 0)
            {
                // Classifiers have heads too.
                context.Warn($"Detections are not compared: {reason.Message}");
                return null;
            }

            reference = i == 0 ? found : reference;
            agreements[i] = new Agreement(options.MatchIou);
            for (int picture = 0; picture < found.Length; picture++)
            {
                agreements[i].Add(reference[picture], found[picture]);
            }

            progress((1 + ((i + 1.0) / context.Subjects.Length)) / 2);
        }

        return dataset.Items.IsEmpty ? null : agreements;
    }

    private static EvaluationResult Result(Network network, OutputSums[] heads, Agreement? agreement)
    {
        OutputSums all = heads.Aggregate(default(OutputSums), static (sum, head) => sum + head);
        ImmutableArray<Metric> columns = [.. OutputMetrics(default).Select(static metric => metric with { Value = double.NaN })];
        ImmutableArray<MetricRow> rows =
        [
            .. heads.Select((head, i) => new MetricRow(NameOf(network, network.Outputs[i]), [.. OutputMetrics(head).Select(static metric => metric.Value)])),
        ];
        return new EvaluationResult(
        [
            .. OutputMetrics(all),
            new Metric("found again", agreement?.FoundAgain ?? double.NaN, string.Empty, MetricDirection.Higher, 4),
            new Metric("new", agreement?.New ?? double.NaN, string.Empty, MetricDirection.Lower, 4),
            new Metric("score difference", agreement?.ScoreDifference ?? double.NaN, string.Empty, MetricDirection.Lower, 4),
        ])
        {
            Tables = [new MetricTable("Per output", "output", columns, rows)],
        };
    }

    private static IEnumerable<Metric> OutputMetrics(OutputSums sums) =>
    [
        new("error of what varies", sums.ErrorOfWhatVaries, string.Empty, MetricDirection.Lower, 4),
        new("error", sums.Error, string.Empty, MetricDirection.Lower, 4),
        new("cosine", sums.Cosine, string.Empty, MetricDirection.Higher, 4),
    ];

    private static string NameOf(Network network, string output) =>
        network.Heads.FirstOrDefault(head => head.Input == output)?.Id ?? output;
}
