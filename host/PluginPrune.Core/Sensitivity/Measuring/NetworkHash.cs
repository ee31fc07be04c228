using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Sensitivity;

/// <summary>A fingerprint of all that decides what a network makes of pictures: architecture, size, preprocessing, and every number.</summary>
public static class NetworkHash
{
    /// <summary>'sha256:' and 64 hexadecimal digits.</summary>
    /// <param name="network">The network.</param>
    public static string Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string line in ArchitectureHash.Describe(network).Concat(network.Inputs.Select(Describe)).Concat(network.Heads.Select(Describe)).Concat(network.ClassNames))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        foreach (Node node in network.Nodes)
        {
            if (node.Operation is BatchNorm norm)
            {
                // As free as the weights, and so no part of the architecture.
                hash.AppendData(BitConverter.GetBytes(norm.Epsilon));
            }

            foreach (NamedTensor tensor in node.Operation.Tensors)
            {
                hash.AppendData(tensor.Tensor.Bytes);
            }
        }

        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static string Describe(NetworkInput input)
    {
        Preprocessing how = input.Preprocessing;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{input.Name} {input.Shape} {how.Order} {how.Scale:R} {Numbers(how.Mean)} {Numbers(how.Deviation)} {how.Resize} {how.Interpolation} {how.Padding}");
    }

    private static string Describe(Head head) => $"{head.Id} {string.Join(' ', head.Parameters.Select(static pair => $"{pair.Key}={Numbers(pair.Value)}"))}";

    private static string Numbers(IEnumerable<double> numbers) => $"[{string.Join(' ', numbers.Select(static number => number.ToString("R", CultureInfo.InvariantCulture)))}]";
}
