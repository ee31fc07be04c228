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
    /// One line for each input, node and head, such as '12.conv = convolution, weight 64 x 32 x 3 x 3, stride 1 x 1 &lt;- 11.act'.
    /// Spatial sizes of the input are left out: a plan holds at every size.
    /// </summary>
    /// <param name="network">The network.</param>
    public static IEnumerable<string> Describe(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Inputs.Select(static input => $"{input.Name} = input, channels {Text(input.Shape.Channels)}")
            .Concat(network.Nodes.Select(static node => $"{node.Id} = {Describe(node.Operation)} <- {string.Join(' ', node.Inputs)}"))
            .Concat(network.Heads.Select(static head => $"{head.Id} = head, kind {head.Kind} <- {head.Input}"));
    }

    /// <summary>
    /// Settings by their names. The epsilon of a batch norm and the probability of a dropout are not among them: they are as
    /// free as the weights.
    /// </summary>
    internal static string[] Settings(Operation operation) => operation switch
    {
        Convolution o => [$"stride {o.Stride}", $"padding {Text(o.Padding)}", $"dilation {o.Dilation}", $"groups {Text(o.Groups)}"],
        LocalConvolution o => [$"stride {o.Stride}", $"padding {Text(o.Padding)}"],
        Activation o => [$"kind {o.Kind}", $"slope {Text(o.Slope)}"],
        MaxPool o => [$"window {o.Kernel}", $"stride {o.Stride}", $"padding {Text(o.Padding)}"],
        AveragePool o => [$"window {o.Kernel}", $"stride {o.Stride}", $"padding {Text(o.Padding)}", $"counts-padding {o.CountsPadding}"],
        Split o => [$"parts {Text(o.Parts)}", $"index {Text(o.Index)}"],
        Slice o => [$"start {Text(o.Start)}", $"length {Text(o.Length)}"],
        ChannelPadding o => [$"before {Text(o.Before)}", $"after {Text(o.After)}"],
        Upsample o => [$"factor {Text(o.Factor)}"],
        SpaceToDepth o => [$"block {Text(o.BlockSize)}", $"columns-first {o.ColumnsFirst}"],
        Reorg o => [$"stride {Text(o.Stride)}"],
        CenterCrop o => [$"size {o.Size}", $"scale {Text(o.Scale)}", $"offset {Text(o.Offset)}"],
        ChannelShuffle o => [$"groups {Text(o.Groups)}"],
        ChannelNormalization o => [$"kind {o.Kind}"],
        Reshape o => [$"target {o.Target}"],
        Transpose o => [$"order {string.Join(' ', o.Order.Select(static axis => Text(axis)))}"],
        Opaque o => [$"kind {o.Kind}", $"output {o.Output}"],
        _ => [],
    };

    private static string Describe(Operation operation)
    {
        IEnumerable<string> tensors = operation.Tensors.Select(static tensor => $"{tensor.Role} {tensor.Tensor.Shape}");
        return string.Join(", ", tensors.Prepend(operation.Name).Concat(Settings(operation)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(Padding padding) => string.Create(
        CultureInfo.InvariantCulture, $"{padding.Top} {padding.Left} {padding.Bottom} {padding.Right}");
}
