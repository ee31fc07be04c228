using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>
/// Takes a file apart. How deep messages lie in each other is fixed by what is read of them; how many there may be is bounded,
/// so that a small file cannot ask for much memory.
/// </summary>
internal static class ModelParser
{
    // Published networks have some thousands.
    private const int MostParts = 200_000;

    /// <exception cref="OnnxFileException">The bytes are no model.</exception>
    public static StoredModel Parse(ReadOnlyMemory<byte> file)
    {
        try
        {
            var model = new StoredModel();
            ReadModel(new WireReader(file), model);
            return model.HasGraph ? model : throw new OnnxFileException("it holds no graph, so it is no ONNX file.");
        }
        catch (WireException fault)
        {
            throw new OnnxFileException($"it is no ONNX file, or a damaged one: {fault.Message}");
        }
    }

    private static void ReadModel(WireReader fields, StoredModel model)
    {
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    model.FileVersion = fields.Integer();
                    break;
                case 7:
                    model.HasGraph = true;
                    ReadGraph(fields.Message(), model);
                    break;
                case 8:
                    (string domain, long version) = ReadOpset(fields.Message());
                    model.Opsets[domain] = version;
                    break;
                case 14:
                    (string key, string value) = ReadPair(fields.Message());
                    Bound(model.Metadata).Add(KeyValuePair.Create(key, value));
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }
    }

    private static void ReadGraph(WireReader fields, StoredModel model)
    {
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    Bound(model.Nodes).Add(NodeParser.Parse(fields.Message()));
                    break;
                case 5:
                    Bound(model.Tensors).Add(TensorParser.Parse(fields.Message()));
                    break;
                case 11:
                    Bound(model.Inputs).Add(ReadValue(fields.Message()));
                    break;
                case 12:
                    Bound(model.Outputs).Add(ReadValue(fields.Message()));
                    break;
                case 13:
                    StoredValue value = ReadValue(fields.Message());
                    model.Values[value.Name] = value;
                    break;
                case 15:
                    throw new OnnxFileException("it holds tensors in sparse form. Write it with dense tensors.");
                default:
                    fields.Skip();
                    break;
            }
        }
    }

    private static (string Domain, long Version) ReadOpset(WireReader fields)
    {
        (string domain, long version) = (string.Empty, 0);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    domain = fields.Text();
                    break;
                case 2:
                    version = fields.Integer();
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        return (domain == "ai.onnx" ? string.Empty : domain, version);
    }

    /// <summary>A name and a text, as metadata and places of tensors have them.</summary>
    public static (string Key, string Value) ReadPair(WireReader fields)
    {
        (string key, string value) = (string.Empty, string.Empty);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    key = fields.Text();
                    break;
                case 2:
                    value = fields.Text();
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        return (key, value);
    }

    private static StoredValue ReadValue(WireReader fields)
    {
        var value = new StoredValue(string.Empty, null, null);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    value = value with { Name = fields.Text() };
                    break;
                case 2:
                    value = Find(fields.Bytes(), 1) is { } tensor ? TensorTypeParser.Parse(new WireReader(tensor), value) : value;
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        return value;
    }

    private static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> message, int field)
    {
        var fields = new WireReader(message);
        ReadOnlyMemory<byte>? found = null;
        while (fields.Next())
        {
            if (fields.Field == field)
            {
                found = fields.Bytes();
            }
            else
            {
                fields.Skip();
            }
        }

        return found;
    }

    private static List<T> Bound<T>(List<T> parts) => parts.Count < MostParts
        ? parts
        : throw new OnnxFileException($"it holds more than {MostParts:N0} parts of a kind; no network does.");
}
