using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>The codes and what they are about, for 'host plugin doctor' and for the documentation.</summary>
public static partial class DiagnosticCatalog
{
    /// <summary>Every code, ascending.</summary>
    public static ImmutableArray<string> Codes => [.. Descriptions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What diagnostics of a code are about, in a few words without a full stop.</summary>
    /// <param name="code">For instance 'PP0101'.</param>
    /// <exception cref="ArgumentException">There is no such code.</exception>
    public static string TitleOf(string code) => Describe(code).Title;

    /// <summary>What a code means in general.</summary>
    /// <param name="code">For instance 'PP0101'.</param>
    /// <exception cref="ArgumentException">There is no such code.</exception>
    public static DiagnosticDescription Describe(string code) => Descriptions.TryGetValue(code, out DiagnosticDescription? description)
        ? description
        : throw new ArgumentException($"There is no diagnostic {code}.", nameof(code));
}
