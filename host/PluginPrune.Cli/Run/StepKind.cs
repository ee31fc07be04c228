namespace PluginPrune.Cli.Run;

/// <summary>What a step of a recipe does.</summary>
internal enum StepKind
{
    /// <summary>`host train`.</summary>
    Train,

    /// <summary>`host prune`.</summary>
    Prune,

    /// <summary>`host eval`; it makes no network.</summary>
    Eval,

    /// <summary>`host convert`; it makes no network for the steps behind it.</summary>
    Export,
}
