using System.Text.Encodings.Web;
using System.Text.Json;

namespace PluginPrune.Core.Files;

/// <summary>How all JSON of the host is written: the same bytes on every system, and names readable, since none goes into a web page.</summary>
public static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a text, its last line ended as all others are.</summary>
    /// <param name="stream">Takes the text; stays open.</param>
    /// <param name="write">Writes one value.</param>
    public static void Write(Stream stream, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(write);
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            write(json);
        }

        stream.WriteByte((byte)'\n');
    }
}
