using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Engines;

namespace PluginPrune.Cli.Bench;

/// <summary>A network that is measured.</summary>
/// <param name="Name">A name that no other one has.</param>
/// <param name="Network">The network up to its heads, which every engine runs.</param>
/// <param name="Whole">The same with what its file computes behind the heads, such as the decoding of boxes; null where that is nothing, or cannot be had at this size.</param>
internal sealed record BenchNetwork(string Name, Network Network, Network? Whole)
{
    /// <summary>What is timed: all of the file where each of the engines runs all of it.</summary>
    /// <param name="engines">The engines.</param>
    /// <param name="note">Takes a sentence where one does not.</param>
    public Network TimedBy(IEnumerable<ChosenEngine> engines, Action<string> note)
    {
        if (Whole is not { } whole)
        {
            return Network;
        }

        foreach (ChosenEngine engine in engines)
        {
            try
            {
                using IExecutable<float> executable = engine.Engine.Compile(whole);
            }
            catch (NotSupportedException unsupported)
            {
                note(WithoutTail(Name, $"{engine.Name} does not run it. {unsupported.Message}"));
                return Network;
            }
        }

        return whole;
    }

    /// <summary>Says what is left out.</summary>
    public static string WithoutTail(string name, string reason) =>
        $"'{name}' is timed without what its file computes behind the layers, such as the decoding of boxes: {reason}";
}
