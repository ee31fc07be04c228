using PluginPrune.Contracts.Datasets;

namespace PluginPrune.DatasetSynthetic.Scenes;

/// <summary>The scenes of one part of one seed: each has random numbers of its own, so that any can be made without the others.</summary>
internal sealed class SceneStream(int seed, string split)
{
    private readonly ulong _start = SceneRandom.Mix(SceneRandom.Mix(unchecked((ulong)seed)) ^ HashOf(split));

    /// <summary>One spelling for each part, so that 'valid' is 'val'.</summary>
#pragma warning disable CA1308 // A name, not a key of a comparison.
    public static string Spell(string split) => split.ToLowerInvariant() switch
#pragma warning restore CA1308
    {
        "valid" or "validation" => DatasetSource.Validation,
        "training" => DatasetSource.Training,
        "testing" => DatasetSource.Test,
        var other => other,
    };

    public SceneRandom RandomOf(int index) => new(SceneRandom.Mix(_start + (ulong)index));

    // FNV-1a (Fowler, Noll, Vo) over UTF-16: strings' own hashes differ from run to run.
    private static ulong HashOf(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash;
    }
}
