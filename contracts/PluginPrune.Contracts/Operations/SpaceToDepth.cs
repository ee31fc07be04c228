using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// Blocks of places become channels: [c, h, w] becomes [c * b * b, h / b, w / b]. Place (y, x) of a block of channel c goes
/// to output channel (y * b + x) * c_in + c (ONNX's SpaceToDepth), or (x * b + y) * c_in + c where
/// <paramref name="ColumnsFirst"/> (YOLOv5's Focus).
/// </summary>
/// <param name="BlockSize">b, which divides height and width.</param>
/// <param name="ColumnsFirst">Whether the places of a block are counted column by column.</param>
public sealed record SpaceToDepth(int BlockSize, bool ColumnsFirst = false) : Operation
{
    /// <inheritdoc />
    public override string Name => "space to depth";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        if (BlockSize < 1 || input.Height % BlockSize != 0 || input.Width % BlockSize != 0)
        {
            throw new ShapeException($"blocks of {BlockSize} x {BlockSize} do not divide {input}.");
        }

        return new Shape(checked(input.Channels * BlockSize * BlockSize), input.Height / BlockSize, input.Width / BlockSize);
    }
}
