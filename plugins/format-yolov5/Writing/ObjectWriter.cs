using System.Globalization;
using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles.Pickles;
using PluginPrune.Shared.TorchFiles.Writing;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>Writes modules and plain values into a pickle as Python would, whose classes make them again when they are loaded.</summary>
/// <param name="pickle">Takes them.</param>
internal sealed class ObjectWriter(PickleWriter pickle)
{
    private readonly Dictionary<TorchModule, int> _written = new(ReferenceEqualityComparer.Instance);
    private readonly List<Tensor> _storages = [];

    /// <summary>The tensors that were written, in the order of their storages.</summary>
    public IReadOnlyList<Tensor> Storages => _storages;

    /// <summary>Writes a module; one that was written before is referred to.</summary>
    public void Write(TorchModule module)
    {
        if (_written.TryGetValue(module, out int known))
        {
            pickle.Get(known);
            return;
        }

        pickle.Global(module.Type.Module, module.Type.Name);
        pickle.Write(PickleCode.EmptyTuple);
        pickle.Write(PickleCode.NewObj);
        _written.Add(module, _written.Count);
        pickle.Put(_written.Count - 1);

        pickle.Write(PickleCode.EmptyDict);
        pickle.Write(PickleCode.Mark);
        WriteNamed("_parameters", module.Parameters, WriteParameter);
        WriteNamed("_buffers", module.Buffers, tensor => Write((object?)tensor));
        WriteNamed("_modules", module.Children, child =>
        {
            if (child is null)
            {
                pickle.Write(PickleCode.None);
            }
            else
            {
                Write(child);
            }
        });
        foreach ((string name, object? value) in module.Attributes)
        {
            pickle.Text(name);
            Write(value);
        }

        pickle.Write(PickleCode.SetItems);
        pickle.Write(PickleCode.Build);
    }

    /// <summary>Writes a plain value.</summary>
    public void Write(object? value)
    {
        switch (value)
        {
            case null:
                pickle.Write(PickleCode.None);
                break;
            case bool truth:
                pickle.Write(truth ? PickleCode.NewTrue : PickleCode.NewFalse);
                break;
            case long whole:
                pickle.Number(whole);
                break;
            case double real:
                pickle.Real(real);
                break;
            case string text:
                pickle.Text(text);
                break;
            case Tensor tensor:
                TensorPickle.Write(pickle, _storages.Count, tensor);
                _storages.Add(tensor);
                break;
            case PickleTuple tuple:
                WriteMany(PickleCode.Mark, tuple.Items, PickleCode.Tuple);
                break;
            case List<object?> list:
                pickle.Write(PickleCode.EmptyList);
                WriteMany(PickleCode.Mark, list, PickleCode.Appends);
                break;
            case PickleDictionary dictionary:
                pickle.Write(PickleCode.EmptyDict);
                WriteEntries(dictionary);
                break;
            case PickleGlobal global:
                pickle.Global(global.Module, global.Name);
                break;
            case PickleObject made:
                pickle.Global(made.Maker.Module, made.Maker.Name);
                Write((object)made.Arguments);
                pickle.Write(PickleCode.Reduce);
                WriteEntries(made.Entries);
                break;
            default:
                // Numbers beyond 64 bits and bytes: nothing of a model's that is known has them.
                pickle.Text(value is BigInteger big ? big.ToString(CultureInfo.InvariantCulture) : string.Empty);
                break;
        }
    }

    private void WriteParameter(Tensor? tensor)
    {
        if (tensor is null)
        {
            pickle.Write(PickleCode.None);
            return;
        }

        pickle.Global("torch._utils", "_rebuild_parameter");
        pickle.Write(PickleCode.Mark);
        Write((object)tensor);
        pickle.Write(PickleCode.NewFalse);
        pickle.OrderedDictionary();
        pickle.Write(PickleCode.Tuple);
        pickle.Write(PickleCode.Reduce);
    }

    private void WriteNamed<T>(string key, IEnumerable<KeyValuePair<string, T?>> entries, Action<T?> write)
        where T : class
    {
        pickle.Text(key);
        pickle.OrderedDictionary();
        pickle.Write(PickleCode.Mark);
        foreach ((string name, T? value) in entries)
        {
            pickle.Text(name);
            write(value);
        }

        pickle.Write(PickleCode.SetItems);
    }

    private void WriteMany(PickleCode begin, IEnumerable<object?> items, PickleCode end)
    {
        pickle.Write(begin);
        foreach (object? item in items)
        {
            Write(item);
        }

        pickle.Write(end);
    }

    private void WriteEntries(PickleDictionary dictionary)
    {
        if (dictionary.Entries.Count > 0)
        {
            WriteMany(PickleCode.Mark, dictionary.Entries.SelectMany(static entry => (object?[])[entry.Key, entry.Value]), PickleCode.SetItems);
        }
    }
}
