namespace PluginPrune.Core.Images;

/// <summary>What a picture's file is, by its content.</summary>
public enum PictureFormat
{
    /// <summary>ITU-T T.81, read through libturbojpeg.</summary>
    Jpeg,

    /// <summary>W3C Portable Network Graphics.</summary>
    Png,

    /// <summary>A Windows bitmap, not compressed.</summary>
    Bmp,

    /// <summary>Netpbm's binary PGM (P5) or PPM (P6).</summary>
    Netpbm,
}
