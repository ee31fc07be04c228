namespace PluginPrune.Contracts.Training;

/// <summary>Decides, while a network is trained sparse, what pulls its scales towards 0 and how strongly.</summary>
/// <remarks>
/// Stateless: what it decides follows from the context alone. It is asked about trainings that go on in the middle, and, for a
/// forecast, about scales as they may become.
/// </remarks>
public interface ISparsityScheduler
{
    /// <summary>Decides for the steps to come.</summary>
    /// <param name="context">The network's scales as they are, and how far training is.</param>
    SparsityPlan Plan(SparsityContext context);
}
