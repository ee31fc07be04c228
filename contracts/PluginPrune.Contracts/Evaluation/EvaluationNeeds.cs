namespace PluginPrune.Contracts.Evaluation;

/// <summary>What an evaluator needs besides networks.</summary>
[Flags]
public enum EvaluationNeeds
{
    /// <summary>Nothing: it only looks at the networks.</summary>
    None = 0,

    /// <summary>Engines that run them.</summary>
    Engine = 1,

    /// <summary>Pictures; their labels do not matter.</summary>
    Pictures = 2,

    /// <summary>Labelled pictures.</summary>
    Labels = 4,
}
