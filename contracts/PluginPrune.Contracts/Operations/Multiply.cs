using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// The product of two inputs. The second may be [channels, 1, 1] (squeeze and excite: one factor for each channel) or
/// [1, height, width] (one factor for each place) and is then repeated.
/// </summary>
public sealed record Multiply : Operation
{
    /// <inheritdoc />
    public override string Name => "multiply";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length != 2)
        {
            throw new ShapeException($"it multiplies two inputs and has {inputs.Length}.");
        }

        Shape value = inputs[0];
        Shape factor = inputs[1];
        bool channelsFit = factor.Channels == value.Channels || factor.Channels == 1;
        bool placesFit = (factor.Height == value.Height && factor.Width == value.Width) || (factor.Height == 1 && factor.Width == 1);
        return channelsFit && placesFit
            ? value
            : throw new ShapeException($"it multiplies {value} by {factor}, which neither equals it nor repeats over its channels or places.");
    }
}
