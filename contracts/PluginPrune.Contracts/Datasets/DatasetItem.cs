using System.Collections.Immutable;

namespace PluginPrune.Contracts.Datasets;

/// <summary>One picture of a dataset and what is on it.</summary>
/// <param name="Name">The picture's file as the user finds it; unique in the dataset.</param>
/// <param name="Open">
/// Opens the encoded picture (JPEG, PNG, BMP, PPM or PGM); the caller disposes of it. Safe to call from several threads.
/// Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </param>
/// <param name="Labels">The objects; empty for a picture without any.</param>
public sealed record DatasetItem(string Name, Func<Stream> Open, ImmutableArray<ObjectLabel> Labels)
{
    /// <summary>What the whole picture shows, from 0: an index into the dataset's classes. Null where the dataset does not say it, as with objects.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>In which unit the labels' boxes are.</summary>
    /// <value>The default is <see cref="BoxUnit.Pixels"/>.</value>
    public BoxUnit Unit { get; init; } = BoxUnit.Pixels;

    /// <summary>The full path of the file with the labels, or null where there is none.</summary>
    public string? LabelFile { get; init; }

    /// <summary>The width in pixels that the labels' file claims, or null.</summary>
    public int? ClaimedWidth { get; init; }

    /// <summary>The height in pixels that the labels' file claims, or null.</summary>
    public int? ClaimedHeight { get; init; }

    /// <summary>What is wrong with the picture's labels. One error among them makes the picture unusable.</summary>
    public ImmutableArray<DatasetFault> Faults { get; init; } = [];
}
