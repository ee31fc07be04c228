using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.WeightCriteria;

/// <summary>The weight of a convolution or linear layer.</summary>
internal static class WeightOf
{
    public static Tensor Layer(Network network, string layer) => network[layer].Operation switch
    {
        Convolution convolution => convolution.Weight,
        Linear linear => linear.Weight,
        _ => throw new ArgumentException($"{layer} has no weight.", nameof(layer)),
    };

    /// <summary>The filters as numbers in double precision.</summary>
    public static double[][] Filters(Network network, string layer)
    {
        Tensor weight = Layer(network, layer);
        int length = weight.Count / weight.Shape[0];
        return [.. Enumerable.Range(0, weight.Shape[0]).Select(row => weight.Floats.Slice(row * length, length).ToArray().Select(static value => (double)value).ToArray())];
    }

    public static Operation Changed(Operation operation, Func<Tensor, Tensor> change) => operation switch
    {
        Convolution convolution => convolution with { Weight = change(convolution.Weight) },
        Linear linear => linear with { Weight = change(linear.Weight) },
        _ => throw new ArgumentException($"A {operation.Name} has no weight.", nameof(operation)),
    };

    /// <summary>The rows in another order: row i of the result is row order[i].</summary>
    public static Tensor Reordered(Tensor weight, int[] order)
    {
        int length = weight.Count / weight.Shape[0];
        float[] values = weight.Floats.ToArray();
        return weight.WithFloats([.. order.SelectMany(row => values.AsSpan(row * length, length).ToArray())]);
    }

    public static Tensor Scaled(Tensor weight, float factor) => weight.WithFloats([.. weight.Floats.ToArray().Select(value => value * factor)]);
}
