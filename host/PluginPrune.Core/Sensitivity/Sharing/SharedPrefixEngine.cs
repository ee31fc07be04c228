using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Sensitivity;

/// <summary>
/// Runs networks that were all made of one by cutting some of its layers, on the same pictures again and again: what comes before
/// the first cut is computed once for each picture and kept, while memory allows. What comes out is the same.
/// </summary>
/// <param name="engine">Runs them.</param>
/// <param name="whole">The one that they are made of.</param>
/// <param name="pictures">On how many pictures they run.</param>
/// <param name="memoryBytes">The most bytes to keep.</param>
public sealed class SharedPrefixEngine(IEngine engine, Network whole, int pictures, long memoryBytes) : IParallelEngine, IDisposable
{
    // Less is not worth the copies.
    private const double LeastShare = 0.1;

    // The whole network's own values, and those of the group that is pruned now.
    private const int MostKept = 2;

    private readonly List<PrefixValues> _kept = [];

    /// <inheritdoc />
    public int Threads => (engine as IParallelEngine)?.Threads ?? 1;

    /// <inheritdoc />
    public IExecutable<float> Compile(Network network) => Share(network, engine.Compile);

    /// <inheritdoc />
    public IExecutable<float> CompileParallel(Network network) => Share(network, ((IParallelEngine)engine).CompileParallel);

    /// <inheritdoc />
    public void Dispose()
    {
        _kept.ForEach(static values => values.Dispose());
        _kept.Clear();
    }

    private IExecutable<float> Share(Network network, Func<Network, IExecutable<float>> compile)
    {
        if (network.Inputs.Length != 1)
        {
            return compile(network);
        }

        var split = new NetworkSplit(network, whole);
        return split.CommonShare < LeastShare || split.BytesOfPicture * pictures > memoryBytes / MostKept
            ? compile(network)
            : new SuffixExecutable(split, ValuesFor(split), split.Suffix() is { } suffix ? compile(suffix) : null);
    }

    private PrefixValues ValuesFor(NetworkSplit split)
    {
        int index = _kept.FindIndex(kept => kept.Names.SequenceEqual(split.Kept, StringComparer.Ordinal));

        // Whoever asks next may do so from several threads.
        PrefixValues values = index >= 0 ? _kept[index] : new PrefixValues(split.Kept, Threads > 1 ? ((IParallelEngine)engine).CompileParallel(split.Prefix()) : engine.Compile(split.Prefix()));
        if (index >= 0)
        {
            _kept.RemoveAt(index);
        }

        // What was used longest ago is of a group that is done.
        while (_kept.Count >= MostKept)
        {
            _kept[0].Dispose();
            _kept.RemoveAt(0);
        }

        _kept.Add(values);
        return values;
    }
}
