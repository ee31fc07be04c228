using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>
/// What a network computes, apart from the names of its nodes: two networks with equal meanings do the same to every picture.
/// </summary>
internal static class Meaning
{
    /// <summary>For each head and each value that nothing reads, a hash over all that leads to it.</summary>
    public static ImmutableArray<string> Of(Network network)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (NetworkInput input in network.Inputs)
        {
            values[input.Name] = $"input {input.Shape}";
        }

        foreach (Node node in network.Nodes)
        {
            values[node.Id] = node.Operation is Identity ? values[node.Inputs[0]] : Hash(node, node.Inputs.Select(input => values[input]));
        }

        return
        [
            .. network.Heads.Select(head => $"{head.Kind} {values[head.Input]} {string.Join(' ', head.Parameters.Select(static pair => $"{pair.Key}={string.Join(',', pair.Value)}"))}"),
            .. network.Nodes.Where(node => node.Operation is not Identity && network.ConsumersOf(node.Id).IsEmpty).Select(node => values[node.Id]).Order(StringComparer.Ordinal),
        ];
    }

    private static string Hash(Node node, IEnumerable<string> inputs)
    {
        // A sum does not ask for the order of what is added.
        IEnumerable<string> ordered = node.Operation is Add ? inputs.Order(StringComparer.Ordinal) : inputs;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{node.Operation} {string.Join(' ', ordered)}"));
        foreach (NamedTensor tensor in node.Operation.Tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Role} {tensor.Tensor.Shape}"));
            hash.AppendData(tensor.Tensor.Bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
