using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.HeadClassify;

/// <summary>
/// Reads one logit for each class, [classes] or [classes, 1, 1]. 'classes', where the head tells it, must be as many. Its loss is the
/// cross-entropy of their softmax, a mean over the batch's pictures.
/// </summary>
/// <param name="options">How it is trained; they change nothing of what it reads.</param>
internal sealed class ClassifyHead(ClassifyOptions options) : IClassificationHead, ITrainableHead, IDistillableHead
{
    private const string Term = "class";

    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input)
    {
        int classes = Check(head, input);
        return new HeadLayout(0, classes, [.. Enumerable.Range(0, classes).Select(static index => new HeadChannel(HeadChannelRole.Class, 0, index))]);
    }

    /// <inheritdoc />
    public void Classify(Head head, Shape shape, ReadOnlySpan<float> values, Span<float> probabilities)
    {
        if (probabilities.Length != Check(head, shape))
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) has {shape.Channels} classes, and {probabilities.Length} probabilities are asked for.");
        }

        double[] logarithms = Softmax.Logarithms(values, temperature: 1);
        for (int k = 0; k < logarithms.Length; k++)
        {
            probabilities[k] = (float)Math.Exp(logarithms[k]);
        }
    }

    /// <inheritdoc />
    public HeadLoss<T> ComputeLoss<T>(Head head, Shape picture, Batch<T> values, IReadOnlyList<IReadOnlyList<TrainingTarget>> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = Check(head, values.Shape);
        if (targets.Count != values.Size)
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) got {values.Size} pictures and the classes of {targets.Count}.");
        }

        var wanted = new WantedClasses(head, classes, options.Smoothing);
        var gradient = new Batch<T>(values.Size, values.Shape, new T[values.Elements.Length]);
        double loss = 0;
        for (int i = 0; i < values.Size; i++)
        {
            // d / dx_k of -sum_j q_j log p_j is p_k sum_j q_j - q_k.
            double[] shares = wanted.Of(targets[i]);
            double weight = shares.Sum();
            double[] logarithms = Softmax.Logarithms<T>(values[i], temperature: 1);
            for (int k = 0; k < classes; k++)
            {
                loss -= shares[k] * logarithms[k] / values.Size;
                gradient[i][k] = T.CreateTruncating(((weight * Math.Exp(logarithms[k])) - shares[k]) / values.Size);
            }
        }

        return new HeadLoss<T>([new LossTerm(Term, loss)], gradient);
    }

    /// <inheritdoc />
    public HeadLoss<T> ComputeDistillation<T>(HeadDistillation<T> distillation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Batch<T> values = distillation.Values;
        int classes = Check(distillation.Head, values.Shape);
        int known = Check(distillation.Teacher, distillation.TeacherValues.Shape);
        if (known != classes || distillation.TeacherValues.Size != values.Size)
        {
            throw new HeadException(
                $"Head '{distillation.Head.Id}' ({distillation.Head.Origin}) has {classes} classes of {values.Size} pictures, the teacher's '{distillation.Teacher.Id}' ({distillation.Teacher.Origin}) {known} of {distillation.TeacherValues.Size}; both must be equal.");
        }

        // T^2 KL(teacher || student) of both softmaxes at temperature T; its derivative by a logit is T (p - q).
        double temperature = distillation.Temperature;
        double scale = distillation.ScoreGain / values.Size;
        var gradient = new Batch<T>(values.Size, values.Shape, new T[values.Elements.Length]);
        double loss = 0;
        for (int i = 0; i < values.Size; i++)
        {
            double[] own = Softmax.Logarithms<T>(values[i], temperature);
            double[] teachers = Softmax.Logarithms<T>(distillation.TeacherValues[i], temperature);
            for (int k = 0; k < classes; k++)
            {
                double share = Math.Exp(teachers[k]);
                loss += scale * temperature * temperature * share * (teachers[k] - own[k]);
                gradient[i][k] = T.CreateTruncating(scale * temperature * (Math.Exp(own[k]) - share));
            }
        }

        return new HeadLoss<T>([new LossTerm(Term, loss)], gradient);
    }

    private static int Check(Head head, Shape input)
    {
        if (input.ElementsPerChannel != 1)
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) reads {input}; it takes one number for each class, as a global pool or a linear layer gives them.");
        }

        double told = head.Number("classes", input.Channels);
        return told == input.Channels
            ? input.Channels
            : throw new HeadException($"Head '{head.Id}' ({head.Origin}) has {told} classes and reads {input.Channels} values; there must be one for each class.");
    }
}
