using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionDual;

/// <summary>A normalized convolution and a head, whose filters can be brought into another order.</summary>
internal sealed class PermutableChain(int seed, int filters)
{
    /// <summary>Whether all filters and all gammas are alike.</summary>
    public bool IsFlat { get; init; }

    public float GammaScale { get; init; } = 1;

    public float WeightScale { get; init; } = 1;

    /// <summary>Which channels stay under 60U40, the filters being in an order.</summary>
    /// <param name="order">For each place the filter that stands there.</param>
    /// <param name="options">More options.</param>
    public bool[] KeptBy(int[] order, params (string, string)[] options)
    {
        PruningContext context = Duals.ContextOf(Make(order));
        ChannelGroup group = context.Groups.Single(group => !group.IsLocked);
        return [.. Duals.Decide(context, options).Masks![group]];
    }

    private Network Make(int[] order)
    {
        var builder = new NetworkBuilder(seed);
        var shape = new Shape(filters, 3, 3, 3);
        Tensor weight = builder.Random(shape, WeightScale);
        Tensor gamma = builder.Random(new Shape(filters), GammaScale);
        int size = weight.Count / filters;
        float[] weights = [.. order.SelectMany(filter => IsFlat ? Enumerable.Repeat(WeightScale, size) : weight.Floats.Slice(filter * size, size).ToArray())];
        float[] gammas = [.. order.Select(filter => IsFlat ? GammaScale : gamma.Floats[filter])];
        string convolution = builder.Add(new Convolution(Tensor.FromFloats(shape, weights), null) { Padding = Padding.Same(1) }, "input");
        Tensor zero = Tensor.FromFloats(new Shape(filters), new float[filters]);
        Tensor one = Tensor.FromFloats(new Shape(filters), [.. Enumerable.Repeat(1f, filters)]);
        string norm = builder.Add(new BatchNorm(Tensor.FromFloats(new Shape(filters), gammas), zero, zero, one), convolution);
        builder.Head(builder.Conv(builder.Act(norm), 5, 1));
        return builder.Build();
    }
}
