using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>Reads a tensor; its elements stay where they stand.</summary>
internal static class TensorParser
{
    private const int IsElsewhere = 1;

    public static StoredTensor Parse(WireReader fields)
    {
        var tensor = new StoredTensor();
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    fields.Integers(tensor.Extents);
                    break;
                case 2:
                    tensor.Type = (OnnxElementType)fields.Integer();
                    break;
                case 4 or 10:
                    (tensor.Numbers ??= new MemoryStream()).Write((fields.IsDelimited ? fields.Bytes() : fields.Fixed()).Span);
                    break;
                case 5 or 7 or 11:
                    fields.Integers(tensor.Integers);
                    break;
                case 8:
                    tensor.Name = fields.Text();
                    break;
                case 9:
                    tensor.Raw = fields.Bytes();
                    break;
                case 13:
                    (string key, string value) = ModelParser.ReadPair(fields.Message());
                    tensor.External[key] = value;
                    break;
                case 14:
                    tensor.IsExternal = fields.Integer() == IsElsewhere;
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        return tensor;
    }
}
