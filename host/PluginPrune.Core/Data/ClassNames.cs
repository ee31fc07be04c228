using System.Text;

namespace PluginPrune.Core.Data;

/// <summary>When two names mean one class.</summary>
internal static class ClassNames
{
    // What the VOC challenge and Darknet's files call them, and what COCO does. 'diningtable' and 'pottedplant' differ in spaces alone.
    private static readonly (string Voc, string Coco)[] Synonyms =
    [
        ("aeroplane", "airplane"),
        ("motorbike", "motorcycle"),
        ("sofa", "couch"),
        ("tvmonitor", "tv"),
    ];

    /// <summary>A name without what people write differently: case, spaces, underscores, dashes.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (char letter in name)
        {
            if (letter is not ('_' or '-') && !char.IsWhiteSpace(letter))
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
        }

        return plain.ToString();
    }

    /// <summary>The other name of a class that VOC and COCO name differently; the same name for all others.</summary>
    /// <param name="plain">A plain name.</param>
    public static string Other(string plain)
    {
        foreach ((string voc, string coco) in Synonyms)
        {
            if (plain == voc || plain == coco)
            {
                return plain == voc ? coco : voc;
            }
        }

        return plain;
    }
}
