using PluginPrune.Cli.CommandLine;

namespace PluginPrune.Cli.Prune;

/// <summary>The small networks that come with the host, trained sparse on drawn scenes, so that its first command has something to do.</summary>
internal static class SampleModel
{
    /// <summary>What --model is called to name the first: residual blocks, pooling at three sizes.</summary>
    public const string Name = "sample";

    /// <summary>The other: a chain of convolutions and poolings, in the manner of YOLOv3-tiny.</summary>
    public const string TinyName = "sample-tiny";

    /// <summary>The set of scenes on some of which they were trained; they are measured on others of it.</summary>
    public const string Data = "synthetic";

    /// <summary>Whether raw arguments mean one of them.</summary>
    public static bool IsMeant(string[] args, ModelArguments model) =>
        IsName(ArgumentScan.ValueOf(args, model.Model.Name) ?? ArgumentScan.ValueOf(args, "--cfg") ?? Name);

    /// <summary>Whether what stands for a model names one of them.</summary>
    public static bool IsName(string model) => model is Name or TinyName;

    /// <summary>The file of a model: that of a sample where one is named, else what was given.</summary>
    public static string PathOf(string model) => IsName(model) ? Path.Combine(AppContext.BaseDirectory, "cfg", model + ".cfg") : model;
}
