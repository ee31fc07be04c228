using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Core.Data;

/// <summary>
/// What tells labelled pictures from others: their names below the folder that they share, their labels, and the names of the
/// classes. It is the same wherever the host is called from. Pictures themselves are not looked at.
/// </summary>
public static class DatasetFingerprint
{
    /// <summary>Hexadecimal digits.</summary>
    /// <param name="dataset">The pictures.</param>
    public static string Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', dataset.ClassNames) + "\n\n"));
        string[] names = [.. dataset.Items.Select(static item => Path.Combine(Environment.CurrentDirectory, item.Name))];
        int shared = SharedFolderOf(names).Length;
        foreach ((DatasetItem item, string name) in dataset.Items.Zip(names))
        {
            string shown = item.ClassIndex is { } index ? string.Create(CultureInfo.InvariantCulture, $"shows {index}\n") : string.Empty;
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name[shared..]}\n{shown}{item.Labels.Length}\n")));
            foreach (ObjectLabel label in item.Labels)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{label.ClassIndex} {label.Box} {label.IsCrowd} {label.IsDifficult}\n")));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Datasets tell names as seen from the current folder, which says nothing of the pictures.
    private static string SharedFolderOf(string[] paths)
    {
        string shared = paths.Length == 0 ? string.Empty : FolderOf(paths[0]);
        foreach (string path in paths)
        {
            while (!path.StartsWith(shared, StringComparison.Ordinal))
            {
                shared = FolderOf(shared[..^1]);
            }
        }

        return shared;
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf(Path.DirectorySeparatorChar) + 1)];
}
