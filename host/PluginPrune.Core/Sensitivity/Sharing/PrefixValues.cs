using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Sensitivity;

/// <summary>What the part that networks have in common makes of pictures. A picture is known by its numbers.</summary>
/// <param name="names">The values that are kept.</param>
/// <param name="prefix">Makes them; safe for as many callers as run networks at once.</param>
internal sealed class PrefixValues(ImmutableArray<string> names, IExecutable<float> prefix) : IDisposable
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Batch<float>>> _known = new(StringComparer.Ordinal);

    public ImmutableArray<string> Names { get; } = names;

    /// <summary>The values for a batch, in the order of <see cref="Names"/>; they must not be written to.</summary>
    public ImmutableArray<Batch<float>> Of(Batch<float> pictures, CancellationToken cancellationToken)
    {
        string key = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(pictures.Elements.AsSpan())));
        if (!_known.TryGetValue(key, out ImmutableArray<Batch<float>> values))
        {
            values = prefix.Run([pictures], Names, cancellationToken);
            _known[key] = values;
        }

        return values;
    }

    public void Dispose() => prefix.Dispose();
}
