namespace PluginPrune.Contracts.Plugins;

/// <summary>What a contribution is. The manifest lists them under the plural of the name: 'criteria', 'blockCriteria', ...</summary>
public enum ContributionKind
{
    /// <summary>An <see cref="Criteria.IPruningCriterion"/>.</summary>
    Criterion,

    /// <summary>An <see cref="Blocks.IBlockCriterion"/>.</summary>
    BlockCriterion,

    /// <summary>An <see cref="Formats.IModelFormat"/>.</summary>
    Format,

    /// <summary>An <see cref="Heads.IHead"/>.</summary>
    Head,

    /// <summary>An <see cref="Engines.IEngine"/>.</summary>
    Engine,

    /// <summary>An <see cref="Datasets.IDatasetFormat"/>.</summary>
    Dataset,

    /// <summary>An <see cref="Evaluation.IEvaluator"/>.</summary>
    Evaluator,

    /// <summary>A <see cref="Training.ISparsityScheduler"/>.</summary>
    Scheduler,
}
