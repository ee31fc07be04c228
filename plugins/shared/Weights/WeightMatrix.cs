using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Shared.Weights;

/// <summary>The weight of a convolution or linear layer as a matrix: one row for each output channel, its filter.</summary>
/// <param name="Weight">The tensor, row-major.</param>
/// <param name="Rows">How many output channels there are.</param>
/// <param name="Columns">How many weights a filter has.</param>
/// <param name="Groups">Rows lie in so many equal parts, each of which reads input channels of its own.</param>
/// <param name="Taps">How many weights of a row belong to one input channel: the places of the kernel.</param>
internal readonly record struct WeightMatrix(Tensor Weight, int Rows, int Columns, int Groups, int Taps)
{
    /// <summary>The matrix of an operation, or null where it has none.</summary>
    public static WeightMatrix? Of(Operation operation) => operation switch
    {
        Convolution convolution => Of(convolution.Weight, convolution.Groups, convolution.Kernel.Height * convolution.Kernel.Width),
        Linear linear => Of(linear.Weight, 1, 1),
        _ => null,
    };

    /// <summary>How many input channels each row reads.</summary>
    public int ReadChannels => Columns / Taps;

    private static WeightMatrix Of(Tensor weight, int groups, int taps) => new(weight, weight.Shape[0], weight.Count / weight.Shape[0], groups, taps);
}
