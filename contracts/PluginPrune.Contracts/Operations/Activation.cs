using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>A function of one variable, applied element by element.</summary>
/// <param name="Kind">Which function.</param>
public sealed record Activation(ActivationKind Kind) : Operation
{
    /// <summary>The slope below 0 of <see cref="ActivationKind.LeakyRelu"/>; others ignore it.</summary>
    /// <value>The default is 0.1, which is Darknet's.</value>
    public double Slope { get; init; } = 0.1;

    /// <inheritdoc />
    public override string Name => "activation";

    /// <summary>The value of the function.</summary>
    /// <param name="x">The argument.</param>
    /// <remarks>The reference in double precision: engines may be faster, not different.</remarks>
    public double Apply(double x) => ActivationFunctions.Apply(Kind, Slope, x);

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => Single(inputs);
}
