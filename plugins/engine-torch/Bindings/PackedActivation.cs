namespace PluginPrune.EngineTorch.Bindings;

/// <summary>What a packed convolution may apply itself; the numbers are the bridge's.</summary>
internal enum PackedActivation
{
    None = 0,
    Relu = 1,
    LeakyRelu = 2,
}
