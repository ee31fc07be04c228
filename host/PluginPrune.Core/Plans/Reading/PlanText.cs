using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PluginPrune.Core.Plans;

/// <summary>JSON to values that know their places.</summary>
internal ref struct PlanText
{
    /// <summary>A plan is five deep; anything much deeper is a mistake or an attack.</summary>
    private const int MaximumDepth = 8;

    /// <summary>A plan of a thousand layers has ten thousand values.</summary>
    private const int MaximumValues = 1_000_000;

    private const int MaximumQuoted = 200;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly PlanFaults _faults;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _column = 1;
    private int _counted;
    private int _values;

    private PlanText(ReadOnlySpan<byte> bytes, PlanFaults faults)
    {
        _bytes = bytes;
        _faults = faults;
        _reader = new Utf8JsonReader(bytes);
    }

    /// <exception cref="PlanException">It is no JSON, too deep, or too much.</exception>
    public static PlanValue Parse(ReadOnlySpan<byte> bytes, PlanFaults faults)
    {
        var text = new PlanText(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, faults);
        if (text._bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            faults.Throw(new PlanPlace(1, 1), "the file is empty; a plan begins with '{'.");
        }

        try
        {
            text._reader.Read();
            PlanValue value = text.ReadValue();
            text._reader.Read();
            return value;
        }
        catch (JsonException error)
        {
            text.ThrowSyntax(error);
            throw;
        }
    }

    private PlanValue ReadValue()
    {
        PlanPlace place = PlaceHere();
        if (_reader.CurrentDepth >= MaximumDepth && _reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _faults.ThrowSyntax(place, string.Create(CultureInfo.InvariantCulture, $"objects and arrays are nested more than {MaximumDepth} deep; those of a plan are three deep."));
        }

        if (++_values > MaximumValues)
        {
            _faults.Throw(place, string.Create(CultureInfo.InvariantCulture, $"the file has more than {MaximumValues:N0} values; no plan has."));
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<PlanMember>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    PlanPlace at = PlaceHere();
                    string key = TextHere(at);
                    _reader.Read();
                    members.Add(new PlanMember(key, at, ReadValue()));
                }

                return new PlanValue(JsonTokenType.StartObject, string.Empty, place) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<PlanValue>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue());
                }

                return new PlanValue(JsonTokenType.StartArray, string.Empty, place) { Items = items };
            case JsonTokenType.String:
                return new PlanValue(JsonTokenType.String, TextHere(place), place);
            case JsonTokenType.Number:
                return new PlanValue(JsonTokenType.Number, Encoding.UTF8.GetString(_reader.ValueSpan), place);
            default:
                return new PlanValue(_reader.TokenType, string.Empty, place);
        }
    }

    private readonly string TextHere(PlanPlace place)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Bytes or escapes that are no Unicode surface only when the text is asked for.
            _faults.ThrowSyntax(place, "the text here is not valid Unicode; a plan is UTF-8.");
            throw;
        }
    }

    /// <summary>The place of the token, counted on from the last one.</summary>
    private PlanPlace PlaceHere() => PlaceOf((int)_reader.TokenStartIndex);

    private PlanPlace PlaceOf(int start)
    {
        ReadOnlySpan<byte> passed = _bytes[_counted..start];
        int lines = passed.Count((byte)'\n');
        if (lines > 0)
        {
            _line += lines;
            _column = 1;
            passed = passed[(passed.LastIndexOf((byte)'\n') + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        _counted = start;
        return new PlanPlace(_line, _column);
    }

    private void ThrowSyntax(JsonException error)
    {
        // The exception counts lines from 0 and columns in bytes.
        int start = 0;
        for (long line = error.LineNumber ?? 0; line > 0; line--)
        {
            start += _bytes[start..].IndexOf((byte)'\n') + 1;
        }

        int at = Math.Min(_bytes.Length, start + (int)(error.BytePositionInLine ?? 0));
        _counted = 0;
        (_line, _column) = (1, 1);
        PlanPlace place = PlaceOf(at);
        bool isAtEnd = _bytes[at..].IndexOfAnyExcept(" \t\r\n"u8) < 0;
        _faults.ThrowSyntax(
            place,
            isAtEnd
                ? "the file ends in the middle of the plan: something is cut off, or a '}' or ']' is missing."
                : $"this is no JSON: {Plain(error.Message)}");
    }

    /// <summary>The message without the place, which is told in our own words, and without advice to programmers.</summary>
    private static string Plain(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string plain = (end < 0 ? message : message[..end]).Replace(" in this mode. Change the reader options.", ".", StringComparison.Ordinal);

        // It quotes what it stumbled on, line ends and all.
        return PlanNames.Clean(plain, MaximumQuoted);
    }
}
