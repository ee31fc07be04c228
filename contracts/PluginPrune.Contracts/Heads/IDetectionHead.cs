using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Heads;

/// <summary>A head whose raw outputs are boxes.</summary>
/// <remarks>Stateless; safe to call from several threads.</remarks>
public interface IDetectionHead : IHead
{
    /// <summary>Makes boxes of one picture's raw outputs.</summary>
    /// <param name="head">A head of this kind.</param>
    /// <param name="picture">The shape of the network's input, [channels, height, width] in pixels.</param>
    /// <param name="shape">The shape of the value that the head reads, [channels, rows, columns].</param>
    /// <param name="values">The value's elements, row-major.</param>
    /// <param name="candidates">Takes the boxes, in the order of the values: place by place, anchor by anchor.</param>
    /// <exception cref="HeadException">The head's parameters and the shape do not go together, or the classes are not as many as the candidates'.</exception>
    void Decode(Head head, Shape picture, Shape shape, ReadOnlySpan<float> values, Candidates candidates);
}
