using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Surgery;

/// <summary>Which classes a user means by numbers and names.</summary>
internal static class ClassSelection
{
    /// <summary>Finds them.</summary>
    /// <param name="network">The network, with the names of its classes where they are known.</param>
    /// <param name="wanted">Numbers from 0, or names, whose case, spaces, underscores and dashes do not matter.</param>
    /// <param name="count">How many classes the network has.</param>
    /// <returns>Their numbers, ascending.</returns>
    /// <exception cref="CropException">One is unknown.</exception>
    public static ImmutableArray<int> Find(Network network, ImmutableArray<string> wanted, int count) =>
        [.. wanted.Select(text => Find(network, text, count)).Distinct().Order()];

    private static int Find(Network network, string text, int count)
    {
        ImmutableArray<string> names = network.ClassNames;
        int named = names.IsEmpty ? -1 : names.Select(ClassNames.Plain).ToList().IndexOf(ClassNames.Plain(text));
        if (named >= 0)
        {
            return named;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return number < count
                ? number
                : throw new CropException(string.Create(CultureInfo.InvariantCulture, $"'{network.Name}' has no class {number}: its {count} classes are counted from 0 to {count - 1}."));
        }

        if (names.IsEmpty)
        {
            throw new CropException(string.Create(
                CultureInfo.InvariantCulture, $"Which class is '{text}'? The {count} classes of '{network.Name}' have no names here. Give numbers from 0 to {count - 1}, or the names with --names FILE."));
        }

        const int Shown = 8;
        ImmutableArray<string> near = NearestNames.Of(text, names);
        string hint = near.IsEmpty
            ? string.Create(CultureInfo.InvariantCulture, $"It has {count}: {string.Join(", ", names.Take(Shown))}{(names.Length > Shown ? ", ..." : string.Empty)}.")
            : $"Did you mean {string.Join(" or ", near.Select(static name => $"'{name}'"))}?";
        throw new CropException($"'{network.Name}' has no class '{text}'. {hint}");
    }
}
