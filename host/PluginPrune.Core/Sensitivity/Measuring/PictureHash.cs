using System.Security.Cryptography;
using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Core.Sensitivity;

/// <summary>A fingerprint of pictures by what is in their files: other pictures under the same names are others.</summary>
public static class PictureHash
{
    /// <summary>Hexadecimal digits.</summary>
    /// <param name="dataset">The pictures; each is read once, and what cannot be read is hashed as that.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static string Of(Dataset dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        byte[][] pictures = new byte[dataset.Items.Length][];
        Parallel.For(0, pictures.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => pictures[i] = HashOf(dataset.Items[i]));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] picture in pictures)
        {
            hash.AppendData(picture);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] HashOf(DatasetItem item)
    {
        try
        {
            using Stream stream = item.Open();
            return SHA256.HashData(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InputException)
        {
            // Whether it stops the work is decided where it is looked at.
            return SHA256.HashData(Encoding.UTF8.GetBytes("unreadable"));
        }
    }
}
