using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>The sum of two or more inputs of one shape.</summary>
public sealed record Add : Operation
{
    /// <inheritdoc />
    public override string Name => "add";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length < 2)
        {
            throw new ShapeException($"it adds two or more inputs and has {inputs.Length}.");
        }

        foreach (Shape shape in inputs[1..])
        {
            if (shape != inputs[0])
            {
                throw new ShapeException($"it adds {inputs[0]} and {shape}; what is added must have one shape.");
            }
        }

        return inputs[0];
    }
}
