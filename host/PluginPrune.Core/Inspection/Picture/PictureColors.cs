using System.Collections.Immutable;

namespace PluginPrune.Core.Inspection;

/// <summary>The colours of a picture. Dark text reads on all of them.</summary>
internal static class PictureColors
{
    public const string Paper = "#ffffff";
    public const string Ink = "#1c2733";
    public const string Quiet = "#66727f";
    public const string Band = "#f5f7f9";
    public const string Rule = "#dde3e9";
    public const string Flow = "#8a96a3";
    public const string Residual = "#8b5fbf";
    public const string Bar = "#7d8b99";
    public const string PaleBar = "#dfe5ea";

    /// <summary>A convolution whose channels must all stay.</summary>
    public static PictureColor Locked { get; } = new("#f2b84b", "#fdf1d8", "#a8720a");

    /// <summary>Colours of tied groups; neighbours take different ones.</summary>
    public static ImmutableArray<string> Ties { get; } = ["#d6455d", "#2f7ed8", "#e08a1e", "#2a9d6f", "#9b51c9", "#b8860b", "#159bab", "#c2559d"];

    public static PictureColor Of(LayerRole role) => role switch
    {
        LayerRole.Convolution => new("#8dbcec", "#e6f1fb", "#3c78b4"),
        LayerRole.Depthwise => new("#7fd0bf", "#e0f5f0", "#2b8a76"),
        LayerRole.Pool => new("#c9b59a", "#f3ede4", "#86704f"),
        LayerRole.Merge => new("#c7aee6", "#f1eafa", "#7a52aa"),
        LayerRole.Head => new("#f29b9b", "#fde9e9", "#b84545"),
        LayerRole.Opaque => new("#9aa0a6", "#e8eaed", "#3d4247"),
        _ => new("#d3dae1", "#f1f4f6", "#8a96a3"),
    };
}
