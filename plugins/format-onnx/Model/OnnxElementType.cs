namespace PluginPrune.FormatOnnx.Model;

/// <summary>The type of a tensor's elements; the numbers are the file's.</summary>
internal enum OnnxElementType
{
    Float = 1,
    Integer = 7,
    Half = 10,
}
