using System.Security.Cryptography;

namespace PluginPrune.Core.Recipes;

/// <summary>What tells a file from all others.</summary>
public static class FileFingerprint
{
    /// <summary>The SHA-256 of a model's file and of its weights, where those lie beside it under its name.</summary>
    /// <param name="model">The file that describes the network.</param>
    /// <param name="weights">The file with the weights; null for the one beside the model, where there is one.</param>
    /// <param name="withWeights">Whether the weights count.</param>
    /// <returns>Hexadecimal digits, or 'missing' where a file is not there.</returns>
    public static string OfModel(string model, string? weights, bool withWeights)
    {
        string beside = Path.ChangeExtension(model, ".weights");
        string? second = !withWeights ? null : weights ?? (File.Exists(beside) && beside != model ? beside : null);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in second is null ? [model] : new[] { model, second })
        {
            if (!File.Exists(path))
            {
                return "missing";
            }

            using FileStream stream = File.OpenRead(path);
            byte[] part = SHA256.HashData(stream);
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
