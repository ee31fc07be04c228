namespace PluginPrune.Core.Images;

/// <summary>What must be done to a stored picture so that it stands upright; the values are those of EXIF's tag 0x0112.</summary>
public enum PictureOrientation
{
    /// <summary>Nothing.</summary>
    Upright = 1,

    /// <summary>Left and right are exchanged.</summary>
    FlipHorizontally = 2,

    /// <summary>Half a turn.</summary>
    Rotate180 = 3,

    /// <summary>Top and bottom are exchanged.</summary>
    FlipVertically = 4,

    /// <summary>Rows become columns.</summary>
    Transpose = 5,

    /// <summary>A quarter turn clockwise.</summary>
    Rotate90 = 6,

    /// <summary>Rows become columns, from the other corner.</summary>
    Transverse = 7,

    /// <summary>A quarter turn counterclockwise.</summary>
    Rotate270 = 8,
}
