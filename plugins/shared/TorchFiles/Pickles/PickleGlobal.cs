namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>The name of a class or function. It is a name and nothing else: nothing is looked up by it.</summary>
/// <param name="Module">For instance 'torch._utils'.</param>
/// <param name="Name">For instance '_rebuild_tensor_v2'.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <summary>For instance 'torch._utils._rebuild_tensor_v2'.</summary>
    public override string ToString() => $"{Module}.{Name}";
}
