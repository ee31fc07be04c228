namespace PluginPrune.Core.Training;

/// <summary>By how much hue, saturation and brightness of a sample are multiplied.</summary>
internal readonly record struct ColorGains(double Hue, double Saturation, double Brightness)
{
    public bool ChangesNothing => Hue == 1 && Saturation == 1 && Brightness == 1;
}
