using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;

namespace PluginPrune.Core.Training;

/// <summary>Takes the file that describes a network, and lets those with weights go: they are as they were, elsewhere.</summary>
/// <param name="inner">Where the file goes.</param>
/// <param name="extensions">The extensions of files that describe networks.</param>
public sealed class DescriptionSink(IModelSink inner, ImmutableArray<string> extensions) : IModelSink
{
    /// <inheritdoc />
    public Stream Create(string extension) => extensions.Contains(extension, StringComparer.OrdinalIgnoreCase) ? inner.Create(extension) : Stream.Null;
}
