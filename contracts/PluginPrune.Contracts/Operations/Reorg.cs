using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// Darknet's [reorg]: [c, h, w] becomes [c * s * s, h / s, w / s]. It is not <see cref="SpaceToDepth"/>: Darknet takes the
/// memory of its input for a map [c / (s * s), h * s, w * s], moves blocks of places of that into channels, and takes the
/// memory of the result for what it gives. Each s * s neighbouring channels mix; pruning keeps or drops them together.
/// </summary>
/// <param name="Stride">s; s * s divides the channels, s divides height and width.</param>
public sealed record Reorg(int Stride) : Operation
{
    /// <summary>How many neighbouring input channels mix.</summary>
    public int BlockChannels => Stride * Stride;

    /// <inheritdoc />
    public override string Name => "reorg";

    /// <summary>Where the output's elements come from.</summary>
    /// <param name="input">The shape of the input.</param>
    /// <returns>For each element of the output, row-major, the place of the input's element that it is.</returns>
    public int[] SourceIndexes(Shape input)
    {
        int[] sources = new int[input.Count];
        int wide = input.Width * Stride;
        int plane = input.Height * Stride * wide;
        int blocks = input.Channels / BlockChannels;
        int next = 0;
        for (int channel = 0; channel < input.Channels; channel++)
        {
            (int place, int block) = Math.DivRem(channel, blocks);
            (int down, int right) = Math.DivRem(place, Stride);
            for (int y = 0; y < input.Height; y++)
            {
                int row = (block * plane) + (((y * Stride) + down) * wide) + right;
                for (int x = 0; x < input.Width; x++)
                {
                    sources[next++] = row + (x * Stride);
                }
            }
        }

        return sources;
    }

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        if (Stride < 1 || Stride > ushort.MaxValue / 2 || input.Channels % BlockChannels != 0 || input.Height % Stride != 0 || input.Width % Stride != 0)
        {
            throw new ShapeException($"a stride of {Stride} takes channels that {Stride} * {Stride} divides and places that {Stride} divides; its input is {input}.");
        }

        return new Shape(checked(input.Channels * BlockChannels), input.Height / Stride, input.Width / Stride);
    }
}
