using System.Globalization;

namespace PluginPrune.Plugins.Tests.Yolov5;

/// <summary>Descriptions of the published models, made of what is known of their layers.</summary>
internal static class PublishedModels
{
    private const string Anchors = "[10,13, 16,30, 33,23], [30,61, 62,45, 59,119], [116,90, 156,198, 373,326]";
    private const string LargeAnchors = "[19,27, 44,40, 38,94], [96,68, 86,152, 180,137], [140,301, 303,264, 238,542], [436,615, 739,380, 925,792]";

    private static readonly (string Size, double Depth, double Width)[] Sizes = [("n", 0.33, 0.25), ("s", 0.33, 0.5), ("m", 0.67, 0.75), ("l", 1, 1), ("x", 1.33, 1.25)];

    /// <summary>The .yaml of a model.</summary>
    /// <param name="name">Such as 's' or 'x6'.</param>
    /// <param name="isLate">As from release 6.0 on, else as in 5.0.</param>
    /// <param name="extra">More lines.</param>
    public static string Yaml(string name, bool isLate, string extra = "")
    {
        (_, double depth, double width) = Array.Find(Sizes, size => size.Size == name[..1]);
        string[] rows = name.EndsWith('6') ? Large(isLate) : Usual(isLate);
        return string.Create(CultureInfo.InvariantCulture, $"""
            # A model.
            nc: 80
            depth_multiple: {depth}
            width_multiple: {width}
            anchors: [{(name.EndsWith('6') ? LargeAnchors : Anchors)}]
            {extra}
            backbone:
              [{string.Join(",\n   ", rows[..10])}]
            head:
              [{string.Join(",\n   ", rows[10..])}]

            """);
    }

    private static string[] Usual(bool isLate) =>
    [
        isLate ? "[-1, 1, Conv, [64, 6, 2, 2]]" : "[-1, 1, Focus, [64, 3]]",
        "[-1, 1, Conv, [128, 3, 2]]", "[-1, 3, C3, [128]]", "[-1, 1, Conv, [256, 3, 2]]", isLate ? "[-1, 6, C3, [256]]" : "[-1, 9, C3, [256]]",
        "[-1, 1, Conv, [512, 3, 2]]", "[-1, 9, C3, [512]]", "[-1, 1, Conv, [1024, 3, 2]]",
        .. isLate ? (string[])["[-1, 3, C3, [1024]]", "[-1, 1, SPPF, [1024, 5]]"] : ["[-1, 1, SPP, [1024, [5, 9, 13]]]", "[-1, 3, C3, [1024, False]]"],
        "[-1, 1, Conv, [512, 1, 1]]", "[-1, 1, nn.Upsample, [None, 2, 'nearest']]", "[[-1, 6], 1, Concat, [1]]", "[-1, 3, C3, [512, False]]",
        "[-1, 1, Conv, [256, 1, 1]]", "[-1, 1, nn.Upsample, [None, 2, 'nearest']]", "[[-1, 4], 1, Concat, [1]]", "[-1, 3, C3, [256, False]]",
        "[-1, 1, Conv, [256, 3, 2]]", "[[-1, 14], 1, Concat, [1]]", "[-1, 3, C3, [512, False]]",
        "[-1, 1, Conv, [512, 3, 2]]", "[[-1, 10], 1, Concat, [1]]", "[-1, 3, C3, [1024, False]]", "[[17, 20, 23], 1, Detect, [nc, anchors]]",
    ];

    private static string[] Large(bool isLate) =>
    [
        .. Usual(isLate)[..7], "[-1, 1, Conv, [768, 3, 2]]", "[-1, 3, C3, [768]]", "[-1, 1, Conv, [1024, 3, 2]]",
        .. isLate ? (string[])["[-1, 3, C3, [1024]]", "[-1, 1, SPPF, [1024, 5]]"] : ["[-1, 1, SPP, [1024, [3, 5, 7]]]", "[-1, 3, C3, [1024, False]]"],
        "[-1, 1, Conv, [768, 1, 1]]", "[-1, 1, nn.Upsample, [None, 2, 'nearest']]", "[[-1, 8], 1, Concat, [1]]", "[-1, 3, C3, [768, False]]",
        "[-1, 1, Conv, [512, 1, 1]]", "[-1, 1, nn.Upsample, [None, 2, 'nearest']]", "[[-1, 6], 1, Concat, [1]]", "[-1, 3, C3, [512, False]]",
        "[-1, 1, Conv, [256, 1, 1]]", "[-1, 1, nn.Upsample, [None, 2, 'nearest']]", "[[-1, 4], 1, Concat, [1]]", "[-1, 3, C3, [256, False]]",
        "[-1, 1, Conv, [256, 3, 2]]", "[[-1, 20], 1, Concat, [1]]", "[-1, 3, C3, [512, False]]",
        "[-1, 1, Conv, [512, 3, 2]]", "[[-1, 16], 1, Concat, [1]]", "[-1, 3, C3, [768, False]]",
        "[-1, 1, Conv, [768, 3, 2]]", "[[-1, 12], 1, Concat, [1]]", "[-1, 3, C3, [1024, False]]", "[[23, 26, 29, 32], 1, Detect, [nc, anchors]]",
    ];
}
