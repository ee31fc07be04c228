using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>What is learned from labels, and from a teacher that is shown the same pictures, varied in the same way.</summary>
public sealed class DistillationLoss : IBatchLoss
{
    private readonly TrainingHeads _labels;
    private readonly Teacher _teacher;
    private readonly DistillationSettings _settings;
    private readonly ImmutableArray<HeadPair> _heads;
    private readonly ImmutableArray<FeaturePair> _features;
    private readonly string[] _asked;

    private DistillationLoss(TrainingHeads labels, Teacher teacher, DistillationSettings settings, ImmutableArray<HeadPair> heads, ImmutableArray<FeaturePair> features)
    {
        (_labels, _teacher, _settings, _heads, _features) = (labels, teacher, settings, heads, features);
        Values = [.. labels.Values, .. features.Select(static pair => pair.Student)];
        _asked = [.. heads.Select(static pair => pair.Teacher.Input), .. features.Select(static pair => pair.Teacher)];
    }

    /// <inheritdoc />
    public ImmutableArray<string> Values { get; }

    /// <summary>Which inner values learn from which.</summary>
    public ImmutableArray<FeaturePair> Features => _features;

    /// <summary>What learns from what, for instance "head 16.yolo from 82.yolo; inner layer 14.act from 80.act".</summary>
    public string Summary => string.Join("; ", new[] { Listing("head", _heads.Select(static pair => (pair.Student.Id, pair.Teacher.Id))), Listing("inner layer", _features.Select(static pair => (pair.Student, pair.Teacher))) }.OfType<string>());

    /// <summary>Prepares it.</summary>
    /// <param name="student">The network that learns.</param>
    /// <param name="teacher">What it learns from.</param>
    /// <param name="settings">What counts how much.</param>
    /// <param name="features">Layers of the student and of the teacher; null for what feeds the heads.</param>
    /// <param name="find">Gives what understands a kind of heads.</param>
    /// <exception cref="DistillationException">The two do not go together.</exception>
    public static DistillationLoss Of(
        Network student, Teacher teacher, DistillationSettings settings, IReadOnlyList<(string Student, string Teacher)>? features, Func<string, IHead> find)
    {
        ArgumentNullException.ThrowIfNull(student);
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.UsesHeads && settings.Features == 0)
        {
            throw new DistillationException("Nothing is learned from the teacher: logits, boxes and features are all 0.");
        }

        var pairs = new FeaturePairs(student, teacher.Network);
        return new DistillationLoss(
            TrainingHeads.Of(student, find),
            teacher,
            settings,
            settings.UsesHeads ? new HeadPairs(student, teacher.Network, find).Find(settings) : [],
            settings.Features == 0 ? [] : features is null ? pairs.FindAll() : pairs.FindNamed(features));
    }

    /// <inheritdoc />
    public (ImmutableArray<LossTerm> Terms, ImmutableArray<Batch<float>> Gradients) Compute(
        TrainingBatch batch, ImmutableArray<Batch<float>> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ImmutableArray<Batch<float>> taught = _teacher.Run(batch, _asked, cancellationToken);
        var terms = new LossTerms();
        ImmutableArray<Batch<float>> gradients = [.. values.Select(static value => new Batch<float>(value.Size, value.Shape, new float[value.Elements.Length]))];
        LearnLabels(batch, values, terms, gradients, cancellationToken);
        for (int i = 0; i < _heads.Length; i++)
        {
            HeadPair pair = _heads[i];
            HeadLoss<float> loss = pair.Loss.ComputeDistillation(new HeadDistillation<float>
            {
                Head = pair.Student,
                Values = values[pair.Index],
                Teacher = pair.Teacher,
                TeacherValues = taught[i],
                Picture = batch.Input.Shape,
                Temperature = _settings.Temperature,
                ScoreGain = _settings.Logits,
                BoxGain = _settings.Boxes,
            });
            Add(loss, 1, "teacher ", terms, gradients[pair.Index]);
        }

        for (int i = 0; i < _features.Length; i++)
        {
            int at = _labels.Values.Length + i;
            terms.Add("teacher features", FeatureLoss.Compute(values[at], taught[_heads.Length + i], _settings.Features, gradients[at]));
        }

        return (terms.All, gradients);
    }

    private static string? Listing(string of, IEnumerable<(string Student, string Teacher)> pairs) =>
        string.Join(", ", pairs.Select(static pair => $"{pair.Student} from {pair.Teacher}")) is { Length: > 0 } text ? $"{of} {text}" : null;

    private void LearnLabels(
        TrainingBatch batch, ImmutableArray<Batch<float>> values, LossTerms terms, ImmutableArray<Batch<float>> gradients, CancellationToken cancellationToken)
    {
        if (_settings.Labels == 0)
        {
            return;
        }

        (ImmutableArray<LossTerm> own, ImmutableArray<Batch<float>> slopes) = _labels.Compute(batch, values, cancellationToken);
        for (int i = 0; i < slopes.Length; i++)
        {
            Add(new HeadLoss<float>(i == 0 ? own : [], slopes[i]), _settings.Labels, string.Empty, terms, gradients[i]);
        }
    }

    private static void Add(HeadLoss<float> loss, double gain, string prefix, LossTerms terms, Batch<float> gradient)
    {
        foreach (LossTerm term in loss.Terms)
        {
            terms.Add(prefix + term.Name, gain * term.Value);
        }

        for (int i = 0; i < gradient.Elements.Length; i++)
        {
            gradient.Elements[i] += (float)(gain * loss.Gradient.Elements[i]);
        }
    }
}
