using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionObs;

/// <summary>Options of <see cref="ObsCriterion"/>. All layers together; what is tied has one score, so that mean and maximum are the same.</summary>
public sealed class ObsOptions() : ShareOptions(SelectionRange.Global, Coupling.Mean)
{
    /// <summary>On how many pictures it is looked at what layers read.</summary>
    /// <value>The default is 256.</value>
    [Option("How many pictures of --data, drawn by --seed, to look at; no labels are needed", Minimum = 1)]
    public int ObsPictures { get; init; } = 256;

    /// <summary>What an error is weighed against.</summary>
    /// <value>The default is <see cref="ObsCost.Flops"/>.</value>
    [Option("What a channel's error is divided by: the FLOPs or the parameters that go with it, or nothing")]
    public ObsCost ObsCost { get; init; } = ObsCost.Flops;

    /// <summary>What is added to the variance of every input, in mean variances.</summary>
    /// <value>The default is 0.01.</value>
    [Option("What is added to the variance of every input, in mean variances, so that few pictures do", Minimum = 0.000001, Maximum = 1)]
    public double ObsDamping { get; init; } = 0.01;
}
