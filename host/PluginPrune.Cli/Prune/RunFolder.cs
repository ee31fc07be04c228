using System.Globalization;

namespace PluginPrune.Cli.Prune;

/// <summary>Names a new folder under runs/ in the current folder.</summary>
internal static class RunFolder
{
    /// <summary>For instance runs/yolov3-slim-2, the first that is not there yet.</summary>
    public static string New(string stem, string? criterion, int blocks)
    {
        string what = criterion?.Split('/')[^1] ?? (blocks > 0 ? "blocks" : "plan");
        for (int number = 1; ; number++)
        {
            string path = Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{stem}-{what}-{number}"));
            if (!Directory.Exists(path) && !File.Exists(path))
            {
                return path;
            }
        }
    }
}
