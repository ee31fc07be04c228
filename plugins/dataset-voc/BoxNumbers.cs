namespace PluginPrune.DatasetVoc;

/// <summary>What xmin, ymin, xmax and ymax mean.</summary>
public enum BoxNumbers
{
    /// <summary>
    /// The first and the last pixel of the object, counted from 1 (the challenge's development kit): the box goes from xmin - 1
    /// to xmax, so that 1 to W is the whole width, and a box that ends where it begins is one pixel wide.
    /// </summary>
    Inclusive,

    /// <summary>The corners themselves, counted from 0: the box goes from xmin to xmax.</summary>
    Corners,
}
