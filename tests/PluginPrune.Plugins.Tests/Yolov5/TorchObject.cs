using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles.Pickles;
using PluginPrune.Shared.TorchFiles.Writing;

namespace PluginPrune.Plugins.Tests.Yolov5;

/// <summary>A module as torch pickles it whole: class, attributes, tensors and modules in it.</summary>
internal sealed class TorchObject(string module, string name)
{
    public List<(string Name, object? Value)> Attributes { get; } = [];

    public List<(string Name, Tensor? Tensor)> Parameters { get; } = [];

    public List<(string Name, Tensor? Tensor)> Buffers { get; } = [];

    public List<(string Name, TorchObject Module)> Children { get; } = [];

    /// <summary>A layer of the list of layers.</summary>
    public TorchObject At(int index, params long[] from)
    {
        Attributes.Add(("i", (long)index));
        Attributes.Add(("f", from is [var one] ? one : from));
        return this;
    }

    public TorchObject With(string attribute, object? value)
    {
        Attributes.Add((attribute, value));
        return this;
    }

    public TorchObject Add(string child, TorchObject part)
    {
        Children.Add((child, part));
        return this;
    }

    public TorchObject Add(params TorchObject[] parts)
    {
        foreach (TorchObject part in parts)
        {
            Add($"{Children.Count}", part);
        }

        return this;
    }

    public TorchObject Parameter(string parameter, Tensor? tensor)
    {
        Parameters.Add((parameter, tensor));
        return this;
    }

    public TorchObject Buffer(string buffer, Tensor tensor)
    {
        Buffers.Add((buffer, tensor));
        return this;
    }

    /// <summary>Writes it, and all in it.</summary>
    /// <param name="pickle">Takes it.</param>
    /// <param name="storages">Takes the tensors, each a storage of its own.</param>
    /// <param name="asClass">Writes the name of its class; torch before 1.6 wrote more than that.</param>
    public void Write(PickleWriter pickle, List<Tensor> storages, Action<PickleWriter, string, string>? asClass = null)
    {
        (asClass ?? Plain)(pickle, module, name);
        pickle.Write(PickleCode.EmptyTuple);
        pickle.Write(PickleCode.NewObj);
        pickle.Write(PickleCode.EmptyDict);
        pickle.Write(PickleCode.Mark);
        pickle.Text("training");
        pickle.Write(PickleCode.NewFalse);
        WriteTensors("_parameters", Parameters);
        WriteTensors("_buffers", Buffers);
        pickle.Text("_forward_hooks");
        pickle.OrderedDictionary();
        pickle.Text("_modules");
        pickle.OrderedDictionary();
        foreach ((string child, TorchObject part) in Children)
        {
            pickle.Text(child);
            part.Write(pickle, storages, asClass);
            pickle.Write(PickleCode.SetItem);
        }

        foreach ((string attribute, object? value) in Attributes)
        {
            pickle.Text(attribute);
            WriteValue(pickle, storages, value);
        }

        pickle.Write(PickleCode.SetItems);
        pickle.Write(PickleCode.Build);

        void WriteTensors(string key, List<(string Name, Tensor? Tensor)> tensors)
        {
            pickle.Text(key);
            pickle.OrderedDictionary();
            foreach ((string tensorName, Tensor? tensor) in tensors)
            {
                pickle.Text(tensorName);
                WriteValue(pickle, storages, tensor);
                pickle.Write(PickleCode.SetItem);
            }
        }
    }

    public static void WriteValue(PickleWriter pickle, List<Tensor> storages, object? value)
    {
        switch (value)
        {
            case null:
                pickle.Write(PickleCode.None);
                break;
            case bool truth:
                pickle.Write(truth ? PickleCode.NewTrue : PickleCode.NewFalse);
                break;
            case int or long:
                pickle.Number(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double real:
                pickle.Real(real);
                break;
            case string text:
                pickle.Text(text);
                break;
            case Tensor tensor:
                TensorPickle.Write(pickle, storages.Count, tensor);
                storages.Add(tensor);
                break;
            case ValueTuple<int, int> pair:
                pickle.Tuple([pair.Item1, pair.Item2]);
                break;
            case long[] or string[]:
                pickle.Write(PickleCode.EmptyList);
                pickle.Write(PickleCode.Mark);
                foreach (object? item in (Array)value)
                {
                    WriteValue(pickle, storages, item);
                }

                pickle.Write(PickleCode.Appends);
                break;
            default:
                throw new ArgumentException($"{value} is not written.", nameof(value));
        }
    }

    private static void Plain(PickleWriter pickle, string module, string name) => pickle.Global(module, name);
}
