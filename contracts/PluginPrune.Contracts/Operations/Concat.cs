using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>One or more inputs behind each other along the channels; their heights and widths are equal.</summary>
public sealed record Concat : Operation
{
    /// <inheritdoc />
    public override string Name => "concat";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.IsEmpty)
        {
            throw new ShapeException("it joins one or more inputs and has none.");
        }

        int channels = 0;
        foreach (Shape shape in inputs)
        {
            if (shape.Rank != inputs[0].Rank || shape.Height != inputs[0].Height || shape.Width != inputs[0].Width)
            {
                throw new ShapeException($"it joins {inputs[0]} and {shape} along the channels; heights and widths must be equal.");
            }

            channels = checked(channels + shape.Channels);
        }

        return inputs[0].WithChannels(channels);
    }
}
