using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.EvaluatorDetection.Results;
using PluginPrune.EvaluatorDetection.Variants;

namespace PluginPrune.EvaluatorDetection;

/// <summary>Finds objects on labelled pictures and tells how well that went.</summary>
/// <param name="options">How.</param>
internal sealed class DetectionEvaluator(DetectionOptions options) : IEvaluator
{
    // Finding is the long part of the work; what is left is measuring.
    private const double ShareOfFinding = 0.98;

    /// <inheritdoc />
    public EvaluationNeeds Needs => EvaluationNeeds.Engine | EvaluationNeeds.Pictures | EvaluationNeeds.Labels;

    /// <inheritdoc />
    public ImmutableArray<EvaluationResult> Evaluate(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Dataset is null)
        {
            throw new EvaluationException("Mean average precision is measured on labelled pictures. Name them with --data.");
        }

        var results = ImmutableArray.CreateBuilder<EvaluationResult>(context.Subjects.Length);
        for (int i = 0; i < context.Subjects.Length; i++)
        {
            double before = (double)i / context.Subjects.Length;
            results.Add(Evaluate(context, context.Subjects[i], share => context.Progress(before + (share / context.Subjects.Length)), cancellationToken));
        }

        return results.MoveToImmutable();
    }

    private EvaluationResult Evaluate(
        EvaluationContext context, EvaluationSubject subject, Action<double> progress, CancellationToken cancellationToken)
    {
        var pictures = new List<LabelledDetections>();
        int objects = 0;
        foreach (PictureDetections picture in context.Services.Detect(context, subject, VariantSettings.Of(options), cancellationToken))
        {
            pictures.Add(new LabelledDetections(picture.Detections, picture.Labels));
            objects += picture.Labels.Length;
            progress(ShareOfFinding * pictures.Count / context.Dataset!.Items.Length);
        }

        if (objects == 0)
        {
            context.Warn($"None of the {pictures.Count} pictures has an object that '{subject.Name}' could find: there is no mean average precision.");
        }

        ImmutableArray<string> names = ClassNames.Of(subject.Network, context.Dataset!, pictures);
        DetectionScores scores = DetectionScores.Measure(pictures, names.Length, VariantRules.Of(options.Variant, options.MatchIou), cancellationToken);
        progress(1);
        return new ResultWriter(scores, names).Write(pictures.Count);
    }
}
