using System.Globalization;

namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>What Python calls the operations that torch never writes, for messages.</summary>
internal static class PickleCodeNames
{
    /// <summary>The byte and, where it is an operation of some protocol, its name in Python's Lib/pickletools.py.</summary>
    public static string Of(byte code)
    {
        string? name = (char)code switch
        {
            'i' => "INST",
            'o' => "OBJ",
            'P' => "PERSID",
            'I' => "INT",
            'L' => "LONG",
            'F' => "FLOAT",
            'S' => "STRING",
            'V' => "UNICODE",
            'g' => "GET",
            'p' => "PUT",
            '\u0082' => "EXT1",
            '\u0083' => "EXT2",
            '\u0084' => "EXT4",
            '\u0097' => "NEXT_BUFFER",
            '\u0098' => "READONLY_BUFFER",
            _ => null,
        };
        string number = code.ToString("x2", CultureInfo.InvariantCulture);
        return name is null ? number : $"{number} ({name})";
    }
}
