using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Conversion;

/// <summary>Gives a network the names of its classes.</summary>
internal static class ClassNames
{
    /// <exception cref="InputException">There are not as many names as a head has classes.</exception>
    public static Network Apply(Network network, string path)
    {
        ImmutableArray<string> names = [.. File.ReadLines(path).Select(static line => line.Trim()).Where(static line => line.Length > 0)];
        foreach (Head head in network.Heads)
        {
            if (head.Number("classes", names.Length) is var classes && classes != names.Length)
            {
                throw new InputException(path, null, $"it has {names.Length} names, and head '{head.Id}' ({head.Origin}) has {classes} classes. Give one name on each line.");
            }
        }

        return new Network(network.Name, network.Inputs, network.Nodes, network.Heads) { ClassNames = names, Annotations = network.Annotations };
    }
}
