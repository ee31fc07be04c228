namespace PluginPrune.FormatOnnx.Model;

/// <summary>The type of a tensor's elements; the numbers are the file's.</summary>
internal enum OnnxElementType
{
    Float = 1,
    Byte = 2,
    SignedByte = 3,
    UnsignedShort = 4,
    Short = 5,
    Int = 6,
    Integer = 7,
    Text = 8,
    Boolean = 9,
    Half = 10,
    Double = 11,
    UnsignedInt = 12,
    UnsignedInteger = 13,
    BrainHalf = 16,
}
