namespace PluginPrune.Core.Training;

/// <summary>How scales fare in a sparse training, as it is forecast.</summary>
/// <param name="Collapse">After how many epochs as many are small as are to go, 0 where they are already; null where that does not happen.</param>
/// <param name="Small">The share that is small at the end, 0 to 1.</param>
/// <param name="Travel">How far the strongest pull moves a scale that nothing holds in the whole training.</param>
internal sealed record ScaleCourse(double? Collapse, double Small, double Travel);
