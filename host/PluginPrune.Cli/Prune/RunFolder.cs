namespace PluginPrune.Cli.Prune;

/// <summary>Names a folder under runs/ in the current folder, for who names none.</summary>
internal static class RunFolder
{
    /// <summary>For instance runs/yolov3-slim, to which the run adds a number.</summary>
    public static string Of(string stem, string? criterion, int blocks) =>
        Path.Combine("runs", $"{stem}-{criterion?.Split('/')[^1] ?? (blocks > 0 ? "blocks" : "plan")}");
}
