namespace PluginPrune.DatasetSynthetic.Shapes;

/// <summary>What is to be found. The numbers are those of the labels.</summary>
internal enum ShapeClass
{
    Disc,
    Ring,
    Triangle,
    Star,
    Cross,
}
