namespace PluginPrune.FormatYolov5.Checkpoints;

/// <summary>Tells networks of YOLOv5 from others that torch saved, by names that stand near the beginning of the file.</summary>
internal static class Recognition
{
    // The pickle is the first entry of the zip, and its first names are those of the model's classes and tensors.
    private const int Glance = 1 << 18;

    /// <summary>Whether a file is one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool Look(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] start = new byte[(int)Math.Min(stream.Length, Glance)];
        ReadOnlySpan<byte> seen = start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return seen.IndexOf("cmodels.yolo\n"u8) >= 0
            || seen.IndexOf("cultralytics."u8) >= 0
            || seen.IndexOf("model.0.conv."u8) >= 0;
    }
}
