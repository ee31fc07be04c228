using System.Collections.Immutable;

namespace PluginPrune.DatasetSynthetic.Shapes;

/// <summary>The classes' names.</summary>
internal static class ShapeClasses
{
    public static ImmutableArray<string> Names { get; } = ["disc", "ring", "triangle", "star", "cross"];
}
