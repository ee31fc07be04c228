using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Engines;

/// <summary>An engine that hands over networks that it does not run, such as those with operations that nobody but their file's runtime knows.</summary>
/// <param name="first">The engine that is wanted.</param>
/// <param name="others">Those that run what it does not.</param>
/// <param name="note">Takes a sentence where it hands over.</param>
public sealed class FallbackEngine(IEngine first, EngineChoice others, Action<string> note) : IEngine
{
    private IEngine? _other;

    /// <inheritdoc />
    public IExecutable<float> Compile(Network network)
    {
        if (_other is not null)
        {
            return _other.Compile(network);
        }

        try
        {
            return first.Compile(network);
        }
        catch (NotSupportedException reason)
        {
            return others.Run(
                chosen =>
                {
                    IExecutable<float> executable = chosen.Engine.Compile(network);
                    _other = chosen.Engine;
                    note($"{reason.Message} Using {chosen.Name}.");
                    return executable;
                },
                note);
        }
    }
}
