namespace PluginPrune.Contracts.Operations;

/// <summary>The forms of <see cref="ChannelNormalization"/>; e is 0.0001, sums run over the channels of one place.</summary>
public enum ChannelNormalizationKind
{
    /// <summary>max(x, 0) / (e + sum of max(x, 0)).</summary>
    Sum,

    /// <summary>exp(x) / (e + sum of exp(x)).</summary>
    Softmax,

    /// <summary>exp(x - m) / (e + sum of exp(x - m)) with m the largest x.</summary>
    SoftmaxMaximum,
}
