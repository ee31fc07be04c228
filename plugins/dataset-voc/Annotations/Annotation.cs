using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.DatasetVoc.Annotations;

/// <summary>What one XML file says.</summary>
/// <param name="Objects">The objects whose boxes can be read.</param>
/// <param name="Faults">What is wrong with the others, or with the file.</param>
internal sealed record Annotation(ImmutableArray<AnnotatedObject> Objects, ImmutableArray<DatasetFault> Faults)
{
    /// <summary>The picture's file as the annotations call it, without a folder; or null.</summary>
    public string? FileName { get; init; }

    /// <summary>The picture's width as the annotations claim it, or null.</summary>
    public int? Width { get; init; }

    /// <summary>The picture's height as the annotations claim it, or null.</summary>
    public int? Height { get; init; }
}
