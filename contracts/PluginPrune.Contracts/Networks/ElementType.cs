namespace PluginPrune.Contracts.Networks;

/// <summary>The type in which a tensor's elements are stored, in memory and in the file that it came from.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>Signed 64-bit integers.</summary>
    I64,
}
