using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Core.Data;

/// <summary>What tells labelled pictures from others: their names and labels. Pictures themselves are not looked at.</summary>
public static class DatasetFingerprint
{
    /// <summary>Hexadecimal digits.</summary>
    /// <param name="dataset">The pictures.</param>
    public static string Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (DatasetItem item in dataset.Items)
        {
            string shown = item.ClassIndex is { } index ? string.Create(CultureInfo.InvariantCulture, $"shows {index}\n") : string.Empty;
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{item.Name}\n{shown}{item.Labels.Length}\n")));
            foreach (ObjectLabel label in item.Labels)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{label.ClassIndex} {label.Box} {label.IsCrowd} {label.IsDifficult}\n")));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
