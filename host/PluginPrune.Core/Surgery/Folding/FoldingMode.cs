namespace PluginPrune.Core.Surgery;

/// <summary>What becomes of what dropped channels still contribute.</summary>
public enum FoldingMode
{
    /// <summary>
    /// It is moved into the means and biases that follow, as the published Python scripts for YOLOv3 do: exact inside, wrong
    /// in the ring where a layer sees zero padding.
    /// </summary>
    Standard,

    /// <summary>
    /// As <see cref="Standard"/>, and where a layer sees zero padding one dropped channel stays as a constant and carries
    /// it: padding then treats it as it treated the dropped channels.
    /// </summary>
    Exact,

    /// <summary>It is lost.</summary>
    None,
}
