namespace PluginPrune.FormatOnnx;

/// <summary>What the forms of outputs have.</summary>
internal static class OutputForms
{
    /// <summary>Whether there is a tensor of boxes.</summary>
    public static bool HasBoxes(this OutputForm form) => form is OutputForm.Decoded or OutputForm.Release6 or OutputForm.Release7;

    /// <summary>Whether there is what the heads read, anchor by anchor.</summary>
    public static bool HasMaps(this OutputForm form) => form is OutputForm.Release5 or OutputForm.Release6;
}
