using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Engines;

/// <summary>
/// An engine that can also run several pictures at the same time, each on one thread. For many pictures that takes less time
/// than one after the other on all threads, which wait for each other after every layer.
/// </summary>
public interface IParallelEngine : IEngine
{
    /// <summary>
    /// How many runs may go on at the same time, at least 1: as many as the engine may use threads. It is 1 where nothing is
    /// gained, for instance on a GPU; <see cref="CompileParallel"/> need not be called then.
    /// </summary>
    int Threads { get; }

    /// <summary>Prepares a network for inference in single precision, for runs at the same time.</summary>
    /// <returns>
    /// An executable whose values may be computed by as many callers at once as <see cref="Threads"/> says. Each run computes on
    /// its caller's thread alone, and what it gives does not depend on the others. Weights are held once; memory for values in
    /// between is held once for each run that goes on. It is disposed of when none does.
    /// </returns>
    /// <inheritdoc cref="IEngine.Compile" path="/param|/exception" />
    IExecutable<float> CompileParallel(Network network);
}
