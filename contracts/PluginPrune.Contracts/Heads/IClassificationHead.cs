using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Heads;

/// <summary>A head whose raw outputs say what the whole picture shows.</summary>
/// <remarks>Stateless; safe to call from several threads.</remarks>
public interface IClassificationHead : IHead
{
    /// <summary>Makes probabilities of one picture's raw outputs.</summary>
    /// <param name="head">A head of this kind.</param>
    /// <param name="shape">The shape of the value that the head reads.</param>
    /// <param name="values">The value's elements, row-major.</param>
    /// <param name="probabilities">Takes one number for each class, 0 to 1; as long as the head has classes.</param>
    /// <exception cref="HeadException">The head's parameters and the shape do not go together.</exception>
    void Classify(Head head, Shape shape, ReadOnlySpan<float> values, Span<float> probabilities);
}
