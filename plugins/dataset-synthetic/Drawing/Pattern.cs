namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>How the two colours of a material alternate.</summary>
internal enum Pattern
{
    Plain,
    Stripes,
    Checks,
    Dots,
    Waves,
}
