using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EvaluatorClassification;

/// <summary>Classifies pictures and counts how many are right.</summary>
/// <param name="options">How.</param>
internal sealed class ClassificationEvaluator(ClassificationOptions options) : IEvaluator
{
    /// <inheritdoc />
    public EvaluationNeeds Needs => EvaluationNeeds.Engine | EvaluationNeeds.Pictures | EvaluationNeeds.Labels;

    /// <inheritdoc />
    public ImmutableArray<EvaluationResult> Evaluate(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        Dataset dataset = context.Dataset ?? throw new EvaluationException("Accuracy is measured on pictures of one class each. Name them with --data.");
        var settings = new ClassificationSettings { Resize = options.Resize, Interpolation = options.Interpolation, BatchSize = options.Batch };
        var results = ImmutableArray.CreateBuilder<EvaluationResult>(context.Subjects.Length);
        for (int i = 0; i < context.Subjects.Length; i++)
        {
            ConfusionTable? table = null;
            var pictures = new PictureTable();
            foreach (ClassifiedPicture picture in context.Services.Classify(context, context.Subjects[i], settings, cancellationToken))
            {
                table ??= new ConfusionTable(picture.Probabilities.Length, options.Top);
                int taken = table.Add(picture.Probabilities.AsSpan(), picture.ClassIndex);
                pictures.Add(picture, taken);
                context.Progress((i + ((double)table.Pictures / dataset.Items.Length)) / context.Subjects.Length);
            }

            table ??= new ConfusionTable(0, options.Top);
            if (table.Pictures == 0)
            {
                context.Warn($"No picture could be classified by '{context.Subjects[i].Name}': there is no accuracy.");
            }

            EvaluationResult result = new ResultWriter(table, NamesOf(context.Subjects[i].Network, dataset, table.Classes), options.MostConfused).Write();
            results.Add(options.ListPictures ? result with { Tables = result.Tables.Add(pictures.Write()) } : result);
        }

        context.Progress(1);
        return results.MoveToImmutable();
    }

    /// <summary>The network's names, or the dataset's where the network has none, or numbers.</summary>
    private static ImmutableArray<string> NamesOf(Network network, Dataset dataset, int classes)
    {
        ImmutableArray<string> names = network.ClassNames.IsEmpty ? dataset.ClassNames : network.ClassNames;
        return [.. Enumerable.Range(0, classes).Select(index => index < names.Length ? names[index] : string.Create(CultureInfo.InvariantCulture, $"class {index}"))];
    }
}
