namespace PluginPrune.FormatOnnx.Model;

/// <summary>What an attribute's value is; the numbers are the file's.</summary>
internal enum OnnxAttributeType
{
    Float = 1,
    Integer = 2,
    Text = 3,
    Floats = 6,
    Integers = 7,
}
