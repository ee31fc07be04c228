namespace PluginPrune.Contracts.Evaluation;

/// <summary>Which way a figure is better.</summary>
public enum MetricDirection
{
    /// <summary>Neither way.</summary>
    Neutral,

    /// <summary>The higher the better.</summary>
    Higher,

    /// <summary>The lower the better.</summary>
    Lower,
}
