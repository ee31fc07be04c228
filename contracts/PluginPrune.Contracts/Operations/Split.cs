using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// One of several equal parts of the channels, as Darknet's route with groups takes it. Pruning keeps the parts equal:
/// what says 'the second half' must still mean the second half. Where any range will do, use <see cref="Slice"/>.
/// </summary>
/// <param name="Parts">In how many parts the channels are divided; divides them.</param>
/// <param name="Index">Which part, from 0.</param>
public sealed record Split(int Parts, int Index) : Operation
{
    /// <inheritdoc />
    public override string Name => "split";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = Single(inputs);
        if (Parts < 1 || Index < 0 || Index >= Parts || input.Channels % Parts != 0)
        {
            throw new ShapeException($"part {Index} of {Parts} equal parts of {input.Channels} channels cannot be taken.");
        }

        return input.WithChannels(input.Channels / Parts);
    }
}
