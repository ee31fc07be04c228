using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>Reads the type of a value that is a tensor.</summary>
internal static class TensorTypeParser
{
    private const int MostAxes = 64;

    public static StoredValue Parse(WireReader fields, StoredValue value)
    {
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    value = value with { Type = (OnnxElementType)fields.Integer() };
                    break;
                case 2:
                    value = value with { Extents = ReadExtents(fields.Message()) };
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        return value;
    }

    private static ImmutableArray<StoredExtent> ReadExtents(WireReader fields)
    {
        var extents = ImmutableArray.CreateBuilder<StoredExtent>();
        while (fields.Next())
        {
            if (fields.Field != 1)
            {
                fields.Skip();
                continue;
            }

            if (extents.Count == MostAxes)
            {
                throw new OnnxFileException($"one of its values has more than {MostAxes} axes.");
            }

            extents.Add(ReadExtent(fields.Message()));
        }

        return extents.ToImmutable();
    }

    private static StoredExtent ReadExtent(WireReader fields)
    {
        var extent = new StoredExtent(null, string.Empty);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                // Some writers say 0 or -1 for what is open.
                case 1:
                    extent = fields.Integer() is > 0 and var number ? extent with { Number = number } : extent;
                    break;
                case 2:
                    extent = extent with { Name = fields.Text() };
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        return extent;
    }
}
