using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Modules;

/// <summary>
/// Copies values of a pickle that are plain: numbers, texts, lists, tuples, dictionaries, sets of them, and tensors. A pickle may refer to
/// itself and say one thing a million times; the copy is a tree of a bounded size.
/// </summary>
/// <param name="file">Reads tensors.</param>
internal sealed class PlainValues(TorchFile file)
{
    private const int MostValues = 1_000_000;
    private const int Deepest = 24;

    private static readonly HashSet<string> PlainMakers = new(StringComparer.Ordinal)
    {
        "collections.OrderedDict", "builtins.set", "builtins.frozenset", "__builtin__.set", "__builtin__.frozenset", "torch.Size", "torch.device",
    };

    private int _count;

    /// <summary>Copies a value.</summary>
    /// <returns>False where something in it is not plain.</returns>
    /// <exception cref="TorchFileException">There are more values than any checkpoint has.</exception>
    public bool TryCopy(object? value, out object? copy) => TryCopy(value, 0, out copy);

    private bool TryCopy(object? value, int depth, out object? copy)
    {
        if (++_count > MostValues)
        {
            throw new TorchFileException($"its modules have more than {MostValues:N0} values beside tensors; no network has.");
        }

        copy = value;
        if (value is null or bool or long or double or string or byte[] or System.Numerics.BigInteger)
        {
            return true;
        }

        if (depth == Deepest)
        {
            return false;
        }

        switch (value)
        {
            case PickleTuple tuple:
                bool isPlain = TryCopy(tuple.Items, depth, out object?[] items);
                copy = new PickleTuple(items);
                return isPlain;
            case List<object?> list:
                isPlain = TryCopy(list, depth, out items);
                copy = new List<object?>(items);
                return isPlain;
            case PickleDictionary dictionary:
                var entries = new PickleDictionary();
                copy = entries;
                return TryCopy(dictionary, entries, depth);
            case PickleGlobal { Module: "torch" }:
                return true;
            case PickleObject made when PlainMakers.Contains(made.Maker.ToString()):
                isPlain = TryCopy(made.Arguments, depth + 1, out object? arguments);
                var other = new PickleObject(made.Maker, isPlain ? (PickleTuple)arguments! : new PickleTuple([]));
                copy = other;
                return isPlain && TryCopy(made.Entries, other.Entries, depth);
            case PickleObject made when TorchTensor.Of(made) is { } tensor:
                copy = file.Read(tensor);
                return true;
            default:
                return false;
        }
    }

    private bool TryCopy(IReadOnlyList<object?> values, int depth, out object?[] copies)
    {
        copies = new object?[Math.Min(values.Count, MostValues)];
        for (int i = 0; i < values.Count; i++)
        {
            if (!TryCopy(values[i], depth + 1, out object? copy))
            {
                return false;
            }

            copies[i] = copy;
        }

        return true;
    }

    private bool TryCopy(PickleDictionary dictionary, PickleDictionary target, int depth)
    {
        foreach ((object? key, object? value) in dictionary.Entries)
        {
            if (!TryCopy(key, depth + 1, out object? keyCopy) || !TryCopy(value, depth + 1, out object? valueCopy))
            {
                return false;
            }

            target.Add(keyCopy, valueCopy);
        }

        return true;
    }
}
