using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatResnet.Modules;

/// <summary>Makes the network whose tensors a state dictionary holds: names and shapes tell all of it.</summary>
internal sealed class NetworkReader(StateDictionary dictionary, ResnetOptions options)
{
    private const string ParallelPrefix = "module.";

    /// <exception cref="TorchFileException">The tensors are those of another architecture.</exception>
    /// <exception cref="NetworkException">Their shapes do not go together.</exception>
    public Network Read(string name, string extension)
    {
        string prefix = dictionary.Entries.All(static entry => entry.Name.StartsWith(ParallelPrefix, StringComparison.Ordinal)) ? ParallelPrefix : string.Empty;
        var facts = dictionary.Facts
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(pair => pair.Key[prefix.Length..], static pair => pair.Value, StringComparer.Ordinal);
        var tensors = new TensorSet(dictionary.Entries.Select(entry => entry with { Name = entry.Name[prefix.Length..] }));
        var builder = new ResnetBuilder(tensors, facts, options);
        Network network = builder.Build(name, new ResnetFile(dictionary.Wrapper, prefix, extension));
        string[] left = [.. tensors.Left];
        return left.Length == 0
            ? network
            : throw new TorchFileException(
                $"it has {left.Length} {(left.Length == 1 ? "tensor" : "tensors")} that a residual network has not here ({string.Join(", ", left.Take(4))}{(left.Length > 4 ? ", ..." : string.Empty)}): it is of another architecture.");
    }
}
