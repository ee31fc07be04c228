namespace PluginPrune.Core.Inspection;

/// <summary>How wide text of 11 pixels is, near enough for any sans-serif: a picture is laid out before anyone knows its font.</summary>
internal static class PictureText
{
    // DejaVu Sans, the widest of the fonts that a picture asks for, has bold digits of 7.7 pixels where others have 6.6.
    private const double Bold = 1.17;

    /// <summary>The width of regular text, in pixels.</summary>
    public static double WidthOf(string text) => text.Sum(WidthOf);

    /// <summary>The width of bold text, in pixels.</summary>
    public static double BoldWidthOf(string text) => WidthOf(text) * Bold;

    private static double WidthOf(char sign) => sign switch
    {
        'i' or 'j' or 'l' or 't' or 'f' or ' ' or ',' or '.' or ':' => 3.6,
        'm' or 'w' => 9.6,
        _ => 6.6,
    };
}
