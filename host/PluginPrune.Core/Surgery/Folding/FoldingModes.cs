using System.Collections.Immutable;

namespace PluginPrune.Core.Surgery;

/// <summary>What people call <see cref="FoldingMode"/>.</summary>
public static class FoldingModes
{
    /// <summary>All names, the default's first.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Enum.GetValues<FoldingMode>().Select(NameOf)];

    /// <summary>The name of a mode, as options and plans write it.</summary>
    /// <param name="mode">The mode.</param>
    public static string NameOf(FoldingMode mode) => mode switch
    {
        FoldingMode.Exact => "exact",
        FoldingMode.None => "none",
        _ => "standard",
    };

    /// <summary>The mode of a name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public static FoldingMode? Find(string name) =>
        Enum.GetValues<FoldingMode>().Where(mode => NameOf(mode) == name).Select(static mode => (FoldingMode?)mode).FirstOrDefault();
}
