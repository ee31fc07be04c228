using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles;

/// <summary>The tensors of a network under the names of its modules, as state_dict() gives them: by itself, or in a dictionary beside other things.</summary>
/// <param name="Entries">All tensors, in their order.</param>
internal sealed record StateDictionary(ImmutableArray<StateEntry> Entries)
{
    /// <summary>What torch keeps facts of modules under.</summary>
    public const string MetadataKey = "_metadata";

    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "net", "network", "state", "params"];

    // What state dictionaries consist of, and harmless things that people save beside them.
    private static readonly HashSet<string> Usual = new(StringComparer.Ordinal)
    {
        "collections.OrderedDict", "collections.defaultdict", "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
        "torch._utils._rebuild_parameter", "torch.Size", "torch.device", "argparse.Namespace", "numpy.dtype",
        "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "_codecs.encode",
    };

    /// <summary>Under which key of a larger dictionary it lay; null where it was alone.</summary>
    public string? Wrapper { get; init; }

    /// <summary>Numbers that are kept with modules, where torch keeps facts of them and asks nothing of them.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<long>> Facts { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<long>>.Empty;

    /// <summary>Reads it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fact">The name under which numbers of modules are kept.</param>
    /// <exception cref="TorchFileException">There is none in the file, or the file asks for what none needs.</exception>
    public static StateDictionary Read(TorchFile file, string fact)
    {
        if (file.Makers.FirstOrDefault(static maker => !Usual.Contains(maker.ToString())) is { } strange)
        {
            throw new TorchFileException(
                $"to load it, Python would have to call '{strange}', which a state dictionary does not need; nothing of it was run. Load it where you trust it, and save model.state_dict() in its place.");
        }

        (object? found, string? wrapper) = Tensors(file.Root).Any()
            ? (file.Root, null)
            : Wrappers.Select(key => (Value: PickleDictionary.Of(file.Root)?[key], Key: (string?)key)).FirstOrDefault(static pair => Tensors(pair.Value).Any());
        if (found is null)
        {
            throw new TorchFileException($"it holds {Kind(file.Root)} and no tensors by name, neither at its top nor under {string.Join(", ", Wrappers.Select(static key => $"'{key}'"))}. Save model.state_dict().");
        }

        // Where a name stands twice, the last one counts, as in Python.
        var entries = new Dictionary<string, StateEntry>(StringComparer.Ordinal);
        foreach ((string name, TorchTensor tensor) in Tensors(found))
        {
            try
            {
                entries[name] = new StateEntry(name, file.Read(tensor));
            }
            catch (TorchFileException fault)
            {
                throw new TorchFileException($"{name}: {fault.Message}");
            }
        }

        return new StateDictionary([.. entries.Values]) { Wrapper = wrapper, Facts = ReadFacts(found, fact) };
    }

    private static IEnumerable<(string Name, TorchTensor Tensor)> Tensors(object? value)
    {
        foreach ((object? key, object? entry) in PickleDictionary.Of(value)?.Entries ?? [])
        {
            if (key is string name && TorchTensor.Of(entry) is { } tensor)
            {
                yield return (name, tensor);
            }
        }
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<long>> ReadFacts(object found, string fact)
    {
        object? metadata = ((found as PickleObject)?.State as PickleDictionary)?[MetadataKey];
        var facts = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<long>>(StringComparer.Ordinal);
        foreach ((object? key, object? value) in PickleDictionary.Of(metadata)?.Entries ?? [])
        {
            if (key is string module && PickleDictionary.Of(value)?[fact] is PickleTuple numbers && numbers.Items.All(static number => number is long))
            {
                facts[module] = [.. numbers.Items.Select(static number => (long)number!)];
            }
        }

        return facts.ToImmutable();
    }

    private static string Kind(object? value) => value switch
    {
        PickleDictionary or PickleObject { Maker.Name: "OrderedDict" } => "a dictionary",
        PickleObject made => $"an object of {made.Maker}",
        List<object?> => "a list",
        PickleTuple => "a tuple",
        null => "nothing",
        _ => "a single value",
    };
}
