namespace PluginPrune.Contracts.Operations;

/// <summary>How many rows and columns are added around a feature map. Each is 0 or more.</summary>
/// <param name="Top">Rows above.</param>
/// <param name="Left">Columns on the left.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Right">Columns on the right.</param>
public readonly record struct Padding(int Top, int Left, int Bottom, int Right)
{
    /// <summary>The same on all four sides.</summary>
    /// <param name="size">0 or more.</param>
    public static Padding Same(int size) => new(size, size, size, size);
}
