using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Modules;

/// <summary>Reads the modules of a checkpoint that holds whole objects. A module that stands in several places is read once.</summary>
/// <param name="file">The file.</param>
internal sealed class ModuleReader(TorchFile file)
{
    private const int Deepest = 24;
    private const int MostModules = 50_000;
    private const string Parameters = "_parameters";
    private const string Buffers = "_buffers";
    private const string Modules = "_modules";

    private readonly Dictionary<PickleObject, TorchModule> _known = new(ReferenceEqualityComparer.Instance);
    private readonly PlainValues _plain = new(file);

    /// <summary>Whether a value of a pickle is a module.</summary>
    public static bool IsModule(object? value) => value is PickleObject { State: PickleDictionary state } && PickleDictionary.Of(state[Modules]) is not null;

    /// <summary>Reads a module with all in it.</summary>
    /// <exception cref="TorchFileException">What is there cannot be a network.</exception>
    public TorchModule Read(object value) => Read((PickleObject)value, string.Empty, 0);

    private TorchModule Read(PickleObject made, string path, int depth)
    {
        if (_known.TryGetValue(made, out TorchModule? known))
        {
            return known;
        }

        if (depth == Deepest || _known.Count == MostModules)
        {
            throw new TorchFileException(depth == Deepest
                ? $"its modules lie more than {Deepest} deep in each other, at '{path}': no network's do."
                : $"it has more than {MostModules:N0} modules; no network has.");
        }

        var state = (PickleDictionary)made.State!;
        var module = new TorchModule(made.Maker)
        {
            Parameters = ReadTensors(state[Parameters], path),
            Buffers = ReadTensors(state[Buffers], path),
            Children = [.. Named(state[Modules], path).Select(pair => KeyValuePair.Create(pair.Key, ReadChild(pair.Value, Join(path, pair.Key), depth)))],
            Attributes = ReadAttributes(state),
        };
        _known[made] = module;
        return module;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Named values, the last of each name in the place of the first, as Python has them.</summary>
    private static OrderedDictionary<string, object?> Named(object? value, string path)
    {
        var last = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((object? key, object? entry) in PickleDictionary.Of(value)?.Entries ?? [])
        {
            last[key as string ?? throw new TorchFileException($"module '{path}' has something under a key that is no name: the file is damaged.")] = entry;
        }

        return last;
    }

    private TorchModule? ReadChild(object? value, string path, int depth) => value switch
    {
        null => null,
        PickleObject made when IsModule(made) => Read(made, path, depth + 1),
        _ => throw new TorchFileException($"'{path}' stands among its modules and is none: the file is damaged."),
    };

    private ImmutableArray<KeyValuePair<string, Tensor?>> ReadTensors(object? value, string path)
    {
        var tensors = ImmutableArray.CreateBuilder<KeyValuePair<string, Tensor?>>();
        foreach ((string name, object? entry) in Named(value, path))
        {
            try
            {
                tensors.Add(KeyValuePair.Create(name, entry is null ? null : file.Read(
                    TorchTensor.Of(entry) ?? throw new TorchFileException("it stands among tensors and is none: the file is damaged."))));
            }
            catch (TorchFileException fault)
            {
                throw new TorchFileException($"{Join(path, name)}: {fault.Message}");
            }
        }

        return tensors.DrainToImmutable();
    }

    private ImmutableArray<KeyValuePair<string, object?>> ReadAttributes(PickleDictionary state)
    {
        var attributes = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((object? key, object? value) in state.Entries)
        {
            // What is not plain, such as hooks, is no part of a network: torch has it anew.
            if (key is string name && name is not (Parameters or Buffers or Modules) && _plain.TryCopy(value, out object? copy))
            {
                attributes[name] = copy;
            }
        }

        return [.. attributes];
    }
}
