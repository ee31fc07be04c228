namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>For each element of a value the place of one in another, row-major, that goes by fixed steps along the axes.</summary>
/// <param name="extents">The value's extents.</param>
/// <param name="steps">For each axis, how many places further the next element is in the other one.</param>
/// <param name="origin">Where the first one is there.</param>
internal sealed class ElementMap(int[] extents, int[] steps, int origin)
{
    public int this[int index]
    {
        get
        {
            int place = origin;
            for (int axis = extents.Length - 1; axis >= 0; axis--)
            {
                (index, int at) = Math.DivRem(index, extents[axis]);
                place += at * steps[axis];
            }

            return place;
        }
    }
}
