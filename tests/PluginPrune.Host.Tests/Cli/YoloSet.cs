using PluginPrune.Core.Images;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>A few labelled pictures in the folders that YOLO's tools use.</summary>
internal static class YoloSet
{
    /// <summary>Two pictures with an object each, as the split 'val'.</summary>
    /// <returns>The folder, to be named with --data.</returns>
    public static string Make(Workplace work, string name = "set")
    {
        Directory.CreateDirectory(work[$"{name}/images/val"]);
        Directory.CreateDirectory(work[$"{name}/labels/val"]);
        foreach (string picture in new[] { "a", "b" })
        {
            Paint(work[$"{name}/images/val/{picture}.png"], picture[0]);
            work.Write($"{name}/labels/val/{picture}.txt", "0 0.5 0.5 0.25 0.5\n");
        }

        return name;
    }

    /// <summary>A picture of one colour with a square on it.</summary>
    public static void Paint(string path, int value)
    {
        var picture = new Picture(new PictureSize(64, 48));
        picture.Pixels.Fill((byte)value);
        for (int y = 12; y < 36; y++)
        {
            picture.Row(y).Slice(3 * 24, 3 * 16).Fill((byte)(255 - value));
        }

        using FileStream stream = File.Create(path);
        picture.WritePng(stream);
    }
}
