using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatYolov5.Graph;

/// <summary>Which module of torch a node's tensors are.</summary>
/// <param name="Path">Below the list of layers, for instance '2.m.0.cv1.conv'.</param>
internal sealed record ModulePath(string Path)
{
    private static readonly (string Role, string Name)[] Names = [("gamma", "weight"), ("beta", "bias"), ("mean", "running_mean"), ("variance", "running_var")];

    /// <summary>What torch calls a tensor of an operation; weights and biases are called so here and there.</summary>
    public static string NameOf(string role) => Array.Find(Names, pair => pair.Role == role).Name ?? role;
}
