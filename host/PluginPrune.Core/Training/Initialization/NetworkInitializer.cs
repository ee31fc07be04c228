using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Numerics;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Training;

/// <summary>
/// Gives a network the tensors that a training from nothing begins with: weights normal with the variance 2 / fan-in (He et al.
/// 2015, equation 10), biases and shifts 0, scales 1, and no statistics yet.
/// </summary>
public static class NetworkInitializer
{
    /// <summary>Makes the network with new tensors.</summary>
    /// <param name="network">Any network; its tensors do not matter.</param>
    /// <param name="seed">One seed, one network.</param>
    public static Network Initialize(Network network, int seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.With(network.Nodes.Select((node, index) => node with { Operation = Initialize(node.Operation, Mix(seed, index)) }), network.Heads);
    }

    /// <summary>The same of some nodes alone.</summary>
    internal static Network Initialize(Network network, HashSet<string> nodes, int seed) => network.With(
        network.Nodes.Select((node, index) => nodes.Contains(node.Id) ? node with { Operation = Initialize(node.Operation, Mix(seed, index)) } : node), network.Heads);

    private static Operation Initialize(Operation operation, ulong seed) => operation switch
    {
        Convolution convolution => convolution with { Weight = Normal(convolution.Weight.Shape, 1, seed), Bias = Constant(convolution.Bias, 0) },
        Linear linear => linear with { Weight = Normal(linear.Weight.Shape, 1, seed), Bias = Constant(linear.Bias, 0) },
        LocalConvolution local => local with { Weight = Normal(local.Weight.Shape, 2, seed), Bias = Constant(local.Bias, 0)! },
        BatchNorm norm => norm with { Gamma = Constant(norm.Gamma, 1)!, Beta = Constant(norm.Beta, 0)!, Mean = Constant(norm.Mean, 0)!, Variance = Constant(norm.Variance, 1)! },
        _ => operation,
    };

    private static Tensor? Constant(Tensor? tensor, float value)
    {
        if (tensor is null)
        {
            return null;
        }

        float[] elements = new float[tensor.Count];
        Array.Fill(elements, value);
        return Tensor.FromFloats(tensor.Shape, elements);
    }

    // What comes in begins at an axis: behind [out] of a convolution, behind [places, out] of a local one.
    private static Tensor Normal(Shape shape, int firstIn, ulong seed)
    {
        int fan = 1;
        for (int axis = firstIn; axis < shape.Rank; axis++)
        {
            fan *= shape[axis];
        }

        double deviation = Math.Sqrt(2.0 / fan);
        var random = new SeededRandom(seed);
        float[] elements = new float[shape.Count];
        for (int i = 0; i < elements.Length; i++)
        {
            // Box and Muller (1958); the second number is left: what counts is that each is where it is.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            elements[i] = (float)(deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return Tensor.FromFloats(shape, elements);
    }

    private static ulong Mix(int seed, int index) => unchecked(((ulong)(uint)seed * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)index << 32) ^ 0xD1B54A32D192ED03);
}
