namespace PluginPrune.Contracts.Networks;

/// <summary>How pixels are computed where a picture is resized.</summary>
public enum Interpolation
{
    /// <summary>Between the four nearest, pixel centres at halves, whatever the scale: what OpenCV calls linear and darknet clients use.</summary>
    Bilinear,

    /// <summary>The mean over the area that a pixel comes from where the picture shrinks, otherwise as <see cref="Bilinear"/>.</summary>
    Area,

    /// <summary>The nearest pixel.</summary>
    Nearest,
}
