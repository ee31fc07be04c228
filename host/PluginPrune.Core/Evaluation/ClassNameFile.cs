using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Evaluation;

/// <summary>Reads a .names file: the name of one class on each line.</summary>
public static class ClassNameFile
{
    /// <summary>Reads the names of a network's classes. Empty lines at the end do not count.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network; there must be as many names as its heads have classes.</param>
    /// <exception cref="InputException">There are more or fewer.</exception>
    public static ImmutableArray<string> Read(string path, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        ImmutableArray<string> names = [.. File.ReadLines(path).Select(static line => line.Trim()).Where(static line => line.Length > 0)];
        foreach (Head head in network.Heads)
        {
            if (head.Number("classes", names.Length) is var classes && classes != names.Length)
            {
                throw new InputException(path, null, $"it has {names.Length} names, and head '{head.Id}' ({head.Origin}) has {classes} classes. Give one name on each line.");
            }
        }

        return names;
    }
}
