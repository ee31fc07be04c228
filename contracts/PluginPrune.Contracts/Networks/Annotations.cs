using System.Collections.Immutable;

namespace PluginPrune.Contracts.Networks;

/// <summary>
/// What a model format hangs onto a network, a node or a head so that it can write its file again: comments, unknown keys,
/// names. The host carries them along untouched and never looks inside; a format finds its own by its type.
/// </summary>
/// <remarks>Every value must be immutable: one network shares its annotations with all that are made from it.</remarks>
public sealed class Annotations
{
    private readonly ImmutableArray<object> _values;

    private Annotations(ImmutableArray<object> values) => _values = values;

    /// <summary>No annotations.</summary>
    public static Annotations None { get; } = new([]);

    /// <summary>The annotation of a type, or null where there is none.</summary>
    /// <typeparam name="T">A type of the format's own.</typeparam>
    public T? Find<T>()
        where T : class => _values.OfType<T>().FirstOrDefault();

    /// <summary>These annotations and one more, in place of one of the same type.</summary>
    /// <typeparam name="T">A type of the format's own.</typeparam>
    /// <param name="value">Immutable.</param>
    public Annotations With<T>(T value)
        where T : class => new([.. _values.Where(static other => other is not T), value]);
}
