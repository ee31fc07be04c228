using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Classifying;

/// <summary>The head of a network that says what whole pictures show, with what understands it.</summary>
public sealed class PictureClassifier
{
    private readonly Head _head;
    private readonly IClassificationHead _classifier;
    private readonly Shape _shape;

    private PictureClassifier(Head head, IClassificationHead classifier, Shape shape)
    {
        (_head, _classifier, _shape) = (head, classifier, shape);
        Classes = classifier.Describe(head, shape).Classes;
    }

    /// <summary>How many classes the network knows.</summary>
    public int Classes { get; }

    /// <summary>The value that the head reads.</summary>
    public string Value => _head.Input;

    /// <summary>Finds it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="find">Gives what understands a kind of heads.</param>
    /// <exception cref="EvaluationException">There is none, or there are several.</exception>
    /// <exception cref="HeadException">The head contradicts itself.</exception>
    public static PictureClassifier Of(Network network, Func<string, IHead> find)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(find);
        (Head Head, IClassificationHead Classifier)[] found =
        [
            .. network.Heads.Select(head => (head, find(head.Kind) as IClassificationHead)).Where(static pair => pair.Item2 is not null).Select(static pair => (pair.head, pair.Item2!)),
        ];
        return found switch
        {
            [var only] => new PictureClassifier(only.Head, only.Classifier, network.ShapeOf(only.Head.Input)),
            [] => throw new EvaluationException(network.Heads.IsEmpty
                ? $"The network '{network.Name}' has no heads: nothing says what its outputs mean."
                : $"The network '{network.Name}' has no head that classifies pictures; it has {string.Join(", ", network.Heads.Select(static head => head.Kind).Distinct(StringComparer.Ordinal))}."),
            _ => throw new EvaluationException($"The network '{network.Name}' has {found.Length} heads that classify pictures; which of them counts, nothing says."),
        };
    }

    /// <summary>Makes probabilities of one picture's raw outputs.</summary>
    /// <param name="values">The value's elements.</param>
    public float[] Classify(ReadOnlySpan<float> values)
    {
        float[] probabilities = new float[Classes];
        _classifier.Classify(_head, _shape, values, probabilities);
        return probabilities;
    }
}
