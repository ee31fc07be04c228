using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Sensitivity;

/// <summary>A network of which only that is run which it has for itself.</summary>
/// <param name="split">Where it begins to differ.</param>
/// <param name="prefix">What comes before.</param>
/// <param name="suffix">Runs the rest; null where there is none.</param>
internal sealed class SuffixExecutable(NetworkSplit split, PrefixValues prefix, IExecutable<float>? suffix) : IExecutable<float>
{
    public ImmutableArray<Batch<float>> Run(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        ImmutableArray<Batch<float>> known = prefix.Names.IsEmpty ? [] : prefix.Of(inputs[0], cancellationToken);
        string[] wanted = [.. values.Where(value => !split.IsCommon(value))];
        ImmutableArray<Batch<float>> computed = wanted.Length == 0 || suffix is null
            ? []
            : suffix.Run([.. split.Crossing.Select(name => prefix.Names.IndexOf(name) is >= 0 and var place ? known[place] : inputs[0])], wanted, cancellationToken);
        return [.. values.Select(value => Array.IndexOf(wanted, value) is >= 0 and var place ? computed[place] : Copy(Known(value)))];

        Batch<float> Known(string value) => prefix.Names.IndexOf(value) is >= 0 and var place
            ? known[place]
            : throw new ArgumentException($"'{value}' is no output of the network.", nameof(values));
    }

    public void Dispose() => suffix?.Dispose();

    /// <summary>Results are the caller's to write to.</summary>
    private static Batch<float> Copy(Batch<float> batch) => new(batch.Size, batch.Shape, [.. batch.Elements]);
}
