namespace PluginPrune.Shared.Weights;

/// <summary>What makes scores of layers of different size and scale comparable.</summary>
public enum ScoreNormalization
{
    /// <summary>Scores are divided by their mean, so that they tell how much a channel is worth among its own.</summary>
    Mean,

    /// <summary>Scores stay what they are: layers with many weights, or with large ones, keep more.</summary>
    None,
}
