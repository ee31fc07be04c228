namespace PluginPrune.Core.Training;

/// <summary>A picture of its own, or four around a point.</summary>
/// <param name="Items">One or four indexes of pictures.</param>
/// <param name="CenterX">Where the four meet, on a canvas twice as wide and high as the input; 0 for a single one.</param>
/// <param name="CenterY">The same.</param>
/// <param name="Warp">From the canvas to the input; a single picture's canvas is as large as the input.</param>
internal sealed record LayerPlan(int[] Items, int CenterX, int CenterY, Affine Warp)
{
    public bool IsMosaic => Items.Length > 1;
}
