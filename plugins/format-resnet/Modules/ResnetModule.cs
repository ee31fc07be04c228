using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatResnet.Modules;

/// <summary>Which module of torch a node's tensors are.</summary>
/// <param name="Name">For instance 'layer1.0.conv1'.</param>
/// <param name="Batches">How many batches a batch norm has seen, as torch counts them; null where the file does not tell.</param>
internal sealed record ResnetModule(string Name, Tensor? Batches)
{
    /// <summary>What torch calls that count.</summary>
    public const string BatchesName = "num_batches_tracked";

    private static readonly (string Role, string Name)[] Names = [("gamma", "weight"), ("beta", "bias"), ("mean", "running_mean"), ("variance", "running_var")];

    /// <summary>What torch calls a tensor, for instance 'running_mean'; weights and biases of layers are called so here and there.</summary>
    public static string NameOf(string role) => Array.Find(Names, pair => pair.Role == role).Name ?? role;
}
