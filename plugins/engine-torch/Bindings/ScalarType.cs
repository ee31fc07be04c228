namespace PluginPrune.EngineTorch.Bindings;

/// <summary>The type of a tensor's elements; the numbers are the bridge's.</summary>
internal enum ScalarType
{
    Float32 = 0,
    Float16 = 1,
}
