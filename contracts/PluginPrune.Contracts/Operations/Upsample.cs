using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>Every place repeated <paramref name="Factor"/> times in both directions (nearest neighbour).</summary>
/// <param name="Factor">At least 1.</param>
public sealed record Upsample(int Factor) : Operation
{
    /// <inheritdoc />
    public override string Name => "upsample";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        if (Factor < 1 || Math.Max((long)input.Height, input.Width) * Factor > int.MaxValue)
        {
            throw new ShapeException($"{input} cannot be repeated {Factor} times in both directions.");
        }

        return new Shape(input.Channels, input.Height * Factor, input.Width * Factor);
    }
}
