using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>Reads operators and their settings.</summary>
internal static class NodeParser
{
    private const int MostParts = 10_000;

    private const int IsFloat = 1;
    private const int IsInteger = 2;
    private const int IsText = 3;

    public static StoredNode Parse(WireReader fields)
    {
        (string name, string operation, string domain) = (string.Empty, string.Empty, string.Empty);
        var inputs = ImmutableArray.CreateBuilder<string>();
        var outputs = ImmutableArray.CreateBuilder<string>();
        var attributes = ImmutableDictionary.CreateBuilder<string, StoredAttribute>(StringComparer.Ordinal);
        while (fields.Next())
        {
            if (inputs.Count + outputs.Count + attributes.Count > MostParts)
            {
                throw new OnnxFileException($"its operator '{name}' has more than {MostParts:N0} inputs, outputs and attributes.");
            }

            switch (fields.Field)
            {
                case 1:
                    inputs.Add(fields.Text());
                    break;
                case 2:
                    outputs.Add(fields.Text());
                    break;
                case 3:
                    name = fields.Text();
                    break;
                case 4:
                    operation = fields.Text();
                    break;
                case 5:
                    StoredAttribute attribute = ParseAttribute(fields.Message());
                    attributes[attribute.Name] = attribute;
                    break;
                case 7:
                    domain = fields.Text();
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        return new StoredNode(name, operation, domain == "ai.onnx" ? string.Empty : domain, inputs.ToImmutable(), outputs.ToImmutable(), attributes.ToImmutable());
    }

    private static StoredAttribute ParseAttribute(WireReader fields)
    {
        var attribute = new StoredAttribute();
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    attribute.Name = fields.Text();
                    break;
                case 2:
                    attribute.Float = fields.Float();
                    break;
                case 3:
                    attribute.Integer = fields.Integer();
                    break;
                case 4:
                    attribute.Text = fields.Text();
                    break;
                case 5:
                    attribute.Tensor = TensorParser.Parse(fields.Message());
                    break;
                case 7:
                    ReadFloats(ref fields, attribute.Floats);
                    break;
                case 8:
                    fields.Integers(attribute.Integers);
                    break;
                case 20:
                    attribute.Type = fields.Integer();
                    break;
                case 13:
                    fields.Skip();
                    break;
                default:
                    attribute.IsOther = true;
                    fields.Skip();
                    break;
            }
        }

        // Writers of the later dialect of protocol buffers leave out what is 0.
        attribute.Float ??= attribute.Type == IsFloat ? 0 : null;
        attribute.Integer ??= attribute.Type == IsInteger ? 0 : null;
        attribute.Text ??= attribute.Type == IsText ? string.Empty : null;
        return attribute;
    }

    private static void ReadFloats(ref WireReader fields, List<float> target)
    {
        if (!fields.IsDelimited)
        {
            target.Add(fields.Float());
            return;
        }

        ReadOnlySpan<byte> packed = fields.Bytes().Span;
        for (int i = 0; i + sizeof(float) <= packed.Length; i += sizeof(float))
        {
            target.Add(BitConverter.ToSingle(packed[i..]));
        }
    }
}
