using PluginPrune.Cli.CommandLine;

namespace PluginPrune.Cli.Prune;

/// <summary>The small network that comes with the host, so that its first command has something to do.</summary>
internal static class SampleModel
{
    /// <summary>What --model is called to name it.</summary>
    public const string Name = "sample";

    /// <summary>Under which key a plan says that it is for the sample.</summary>
    public const string Key = "sample";

    /// <summary>What stands in place of its accuracy.</summary>
    public const string Untrained = "not trained";

    /// <summary>What its user must know.</summary>
    public const string Note =
        "This is the bundled sample. Its weights are generated, not trained: the sizes are real, the detections mean nothing.";

    /// <summary>Whether raw arguments mean it.</summary>
    public static bool IsMeant(string[] args, ModelArguments model) =>
        (ArgumentScan.ValueOf(args, model.Model.Name) ?? ArgumentScan.ValueOf(args, "--cfg") ?? Name) == Name;

    public static string CfgPath => Path.Combine(AppContext.BaseDirectory, "cfg", "sample.cfg");
}
