using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Plans;

/// <summary>
/// A fingerprint of everything about a network but the numbers in its tensors: a plan that carries it fits other weights of
/// the same architecture and no other network.
/// </summary>
public static class ArchitectureHash
{
    /// <summary>'sha256:' and 64 hexadecimal digits.</summary>
    /// <param name="network">The network.</param>
    public static string Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Describe(network))));
        return $"sha256:{Convert.ToHexStringLower(hash)}";
    }

    /// <summary>
    /// One line for each input, node and head. Spatial sizes of the input are left out: a plan holds at every size.
    /// </summary>
    /// <param name="network">The network.</param>
    public static IEnumerable<string> Describe(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Inputs.Select(static input => $"input {input.Name} {input.Shape.Channels}")
            .Concat(network.Nodes.Select(static node => $"{node.Id} = {Describe(node.Operation)} <- {string.Join(' ', node.Inputs)}"))
            .Concat(network.Heads.Select(static head => $"head {head.Id} = {head.Kind} <- {head.Input}"));
    }

    private static string Describe(Operation operation)
    {
        string settings = operation switch
        {
            Convolution o => $"stride {o.Stride} padding {Text(o.Padding)} dilation {o.Dilation} groups {Text(o.Groups)}",
            Activation o => $"{o.Kind} {Text(o.Slope)}",
            MaxPool o => $"{o.Kernel} stride {o.Stride} padding {Text(o.Padding)}",
            AveragePool o => $"{o.Kernel} stride {o.Stride} padding {Text(o.Padding)} {o.CountsPadding}",
            Split o => $"{Text(o.Index)} of {Text(o.Parts)}",
            Slice o => $"{Text(o.Start)} {Text(o.Length)}",
            Upsample o => Text(o.Factor),
            SpaceToDepth o => $"{Text(o.BlockSize)} {o.ColumnsFirst}",
            ChannelShuffle o => Text(o.Groups),
            ChannelNormalization o => o.Kind.ToString(),
            Reshape o => o.Target.ToString(),
            Transpose o => string.Join(' ', o.Order.Select(static axis => Text(axis))),
            Opaque o => $"{o.Kind} {o.Output}",
            _ => string.Empty,
        };
        return $"{operation.Name} {settings} {string.Join(' ', operation.Tensors.Select(static tensor => $"{tensor.Role} {tensor.Tensor.Shape}"))}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(Padding padding) => string.Create(
        CultureInfo.InvariantCulture, $"{padding.Top} {padding.Left} {padding.Bottom} {padding.Right}");
}
