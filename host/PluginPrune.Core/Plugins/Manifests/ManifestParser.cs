using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PluginPrune.Core.Plugins;

/// <summary>
/// JSON to values that know their line. No serializer: reflection and its caches would cost more than all of the listing.
/// </summary>
internal ref struct ManifestParser
{
    /// <summary>A manifest is at most seven deep; anything much deeper is an attack or a mistake.</summary>
    private const int MaximumDepth = 16;

    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _counted;

    private ManifestParser(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaximumDepth });
    }

    /// <exception cref="JsonException">It is not JSON, or too deep.</exception>
    public static ManifestValue Parse(ReadOnlySpan<byte> bytes)
    {
        var parser = new ManifestParser(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        try
        {
            parser._reader.Read();
            ManifestValue value = parser.ReadValue("$");
            parser._reader.Read();
            return value;
        }
        catch (InvalidOperationException fault)
        {
            // Bytes or escapes that are no Unicode surface only when the text is asked for.
            throw new JsonException(fault.Message, path: null, parser._line - 1, bytePositionInLine: null, fault);
        }
    }

    private ManifestValue ReadValue(string path)
    {
        string text = _reader.TokenType switch
        {
            JsonTokenType.String => _reader.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(_reader.ValueSpan),
            _ => string.Empty,
        };
        var value = new ManifestValue(_reader.TokenType, text, path, LineHere());
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    string key = _reader.GetString()!;
                    _reader.Read();
                    value.Members.Add(new(key, ReadValue($"{path}.{key}")));
                }

                break;
            case JsonTokenType.StartArray:
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    value.Items.Add(ReadValue(string.Create(CultureInfo.InvariantCulture, $"{path}[{value.Items.Count}]")));
                }

                break;
            default:
                break;
        }

        return value;
    }

    private int LineHere()
    {
        int start = (int)_reader.TokenStartIndex;
        _line += _bytes[_counted..start].Count((byte)'\n');
        _counted = start;
        return _line;
    }
}
