using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Classifying;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Data;
using PluginPrune.Core.Detecting;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Evaluation;

/// <summary>What the host does for evaluators.</summary>
/// <param name="findHead">Gives what understands a kind of heads; it may throw a plugin's fault.</param>
/// <param name="badPictures">What becomes of pictures that cannot be read; null to stop at the first.</param>
public sealed class EvaluationServices(Func<string, IHead> findHead, BadPictures? badPictures) : IEvaluationServices
{
    // Subjects share a dataset: the same sentence is told once.
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public IEnumerable<PictureDetections> Detect(
        EvaluationContext context, EvaluationSubject subject, DetectionSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(settings);
        IEngine engine = subject.Engine ?? throw new EvaluationException($"Nothing runs '{subject.Name}': objects are found by an engine.");
        Dataset dataset = context.Dataset ?? throw new EvaluationException("Objects are found on pictures. Name some with --data.");
        DetectionHeads heads = FindHead(() => DetectionHeads.Of(subject.Network, findHead));
        ClassMapping classes = ClassMapping.Between(dataset, subject.Network.ClassNames, heads.Classes);
        if (!classes.Missing.IsEmpty)
        {
            Tell(context, $"The network does not know {Few(classes.Missing)} of '{dataset.Name}': these objects are left out of the truth.");
        }

        IEnumerable<DetectedPicture> found = settings.RectangularBatch > 0
            ? new RectangularRunner(subject.Network, findHead, settings).Run(engine, Items(dataset), cancellationToken)
            : new DetectionRunner(subject.Network, heads, settings).Run(engine, Items(dataset), cancellationToken);
        return Label(dataset, classes, found);
    }

    /// <inheritdoc />
    public IEnumerable<ClassifiedPicture> Classify(
        EvaluationContext context, EvaluationSubject subject, ClassificationSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(settings);
        IEngine engine = subject.Engine ?? throw new EvaluationException($"Nothing runs '{subject.Name}': pictures are classified by an engine.");
        Dataset dataset = context.Dataset ?? throw new EvaluationException("Pictures are classified that somebody has. Name some with --data.");
        PictureClassifier classifier = FindHead(() => PictureClassifier.Of(subject.Network, findHead));
        ClassMapping classes = ClassMapping.Between(dataset, subject.Network.ClassNames, classifier.Classes);
        if (!classes.Missing.IsEmpty)
        {
            Tell(context, $"The network does not know {Few(classes.Missing)} of '{dataset.Name}': pictures of them are left out.");
        }

        (DatasetItem Item, int Class)[] known =
        [
            .. dataset.Items
                .Select(item => (item, Class: item.ClassIndex is { } index ? classes.ToNetwork(index) : null))
                .Where(static pair => pair.Class is not null)
                .Select(static pair => (pair.item, pair.Class!.Value)),
        ];
        if (known.Length == 0)
        {
            throw new EvaluationException($"'{dataset.Name}' says of no picture what it shows as a whole, as one class: it may be a dataset of objects, which --evaluator detection measures.");
        }

        int unlabelled = dataset.Items.Count(static item => item.ClassIndex is null);
        if (unlabelled > 0)
        {
            Tell(context, $"'{dataset.Name}' does not say of {unlabelled} of {dataset.Items.Length} pictures what they show: they are left out.");
        }

        return Classify(engine, subject.Network, classifier, known, settings, cancellationToken);
    }

    /// <inheritdoc />
    public IEnumerable<Batch<float>> ReadBatches(EvaluationContext context, Network network, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (context.Dataset is not { } dataset)
        {
            return new GeneratedBatches(network, batchSize, context.Seed).Make(cancellationToken);
        }

        PicturePipeline pipeline = NetworkPictures.Pipeline(network, new DetectionSettings { BatchSize = batchSize }, keepsPictures: false, inUse: 1);
        return pipeline.Read(Items(dataset), cancellationToken).Select(WithoutBad).OfType<Batch<float>>();
    }

    /// <inheritdoc />
    public NetworkCosts CostOf(Network network)
    {
        NetworkCost cost = NetworkCost.Of(network);
        return new NetworkCosts(cost.Parameters, cost.Gflops, cost.Bytes, cost.Channels, cost.Layers.Length);
    }

    private static PictureItem[] Items(Dataset dataset) => [.. dataset.Items.Select(static item => new PictureItem(item.Name, item.Open))];

    private static string Few(IReadOnlyCollection<string> names)
    {
        const int Shown = 5;
        string list = string.Join(", ", names.Take(Shown).Select(static name => $"'{name}'"));
        return names.Count <= Shown ? list : $"{names.Count} classes ({list}, ...)";
    }

    private static T FindHead<T>(Func<T> find)
    {
        try
        {
            return find();
        }
        catch (HeadException fault)
        {
            throw new EvaluationException(fault.Message);
        }
    }

    private IEnumerable<ClassifiedPicture> Classify(
        IEngine engine, Network network, PictureClassifier classifier, (DatasetItem Item, int Class)[] known, ClassificationSettings settings, CancellationToken cancellationToken)
    {
        var how = new DetectionSettings { Resize = settings.Resize, Interpolation = settings.Interpolation, BatchSize = settings.BatchSize };
        PicturePipeline pipeline = NetworkPictures.Pipeline(network, how, keepsPictures: false, inUse: 1);
        using IExecutable<float> executable = engine.Compile(network);
        foreach (PictureBatch batch in pipeline.Read([.. known.Select(static pair => new PictureItem(pair.Item.Name, pair.Item.Open))], cancellationToken))
        {
            Batch<float>? outputs = batch.Pictures.All(static picture => picture.Error is not null) ? null : executable.Run([batch.Input], [classifier.Value], cancellationToken)[0];
            for (int i = 0; i < batch.Pictures.Length; i++)
            {
                if (batch.Pictures[i].Error is { } error)
                {
                    PassOver(error);
                    continue;
                }

                (DatasetItem item, int shown) = known[batch.Pictures[i].Index];
                yield return new ClassifiedPicture(item, ImmutableCollectionsMarshal.AsImmutableArray(classifier.Classify(outputs![i])), shown);
            }
        }
    }

    private IEnumerable<PictureDetections> Label(Dataset dataset, ClassMapping classes, IEnumerable<DetectedPicture> pictures)
    {
        foreach (DetectedPicture picture in pictures)
        {
            if (picture.Picture.Placement is not { } placement)
            {
                PassOver(picture.Picture.Error!);
                continue;
            }

            DatasetItem item = dataset.Items[picture.Picture.Index];
            yield return new PictureDetections(
                item,
                placement.Picture.Width,
                placement.Picture.Height,
                picture.Detections,
                classes.Apply(PixelLabels.Of(item, placement.Picture.Width, placement.Picture.Height)));
        }
    }

    /// <summary>The batch with the pictures that could be read, or null where none could.</summary>
    private Batch<float>? WithoutBad(PictureBatch batch)
    {
        if (batch.Pictures.All(static picture => picture.Error is null))
        {
            return batch.Input;
        }

        var good = new List<float>();
        for (int i = 0; i < batch.Pictures.Length; i++)
        {
            if (batch.Pictures[i].Error is { } error)
            {
                PassOver(error);
            }
            else
            {
                good.AddRange(batch.Input[i]);
            }
        }

        return good.Count == 0 ? null : new Batch<float>(good.Count / batch.Input.Shape.Count, batch.Input.Shape, [.. good]);
    }

    private void PassOver(InputException error)
    {
        if (badPictures is null)
        {
            throw error;
        }

        badPictures.PassOver(error);
    }

    private void Tell(EvaluationContext context, string text)
    {
        if (_told.TryAdd(text, true))
        {
            context.Warn(text);
        }
    }
}
