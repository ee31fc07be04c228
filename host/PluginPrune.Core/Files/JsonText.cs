using System.Text.Encodings.Web;
using System.Text.Json;

namespace PluginPrune.Core.Files;

/// <summary>How all JSON of the host is written: the same bytes on every system, and names readable, since none goes into a web page.</summary>
public static class JsonText
{
    /// <summary>Begins to write.</summary>
    /// <param name="stream">Takes the text; stays open.</param>
    public static Utf8JsonWriter To(Stream stream) => new(stream, new JsonWriterOptions
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
