using System.Globalization;
using System.Security.Cryptography;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Decoding;

namespace PluginPrune.Core.Data.Checking;

/// <summary>Looks at pictures. Safe from every thread.</summary>
/// <param name="isQuick">Whether headers alone are read.</param>
internal sealed class PictureChecker(bool isQuick)
{
    // Labels are written in whole pixels, and tools disagree by one.
    private const double Rounding = 1;

    private JpegLibraryException? _noJpeg;

    /// <summary>Why JPEGs were not decoded, or null.</summary>
    public JpegLibraryException? NoJpeg => _noJpeg;

    public CheckedPicture Check(DatasetItem item)
    {
        // What is known to be missing is not said twice.
        if (item.Faults.Any(static fault => fault.Kind == "missing picture"))
        {
            return new CheckedPicture(null, null, []);
        }

        PictureInfo? info = null;
        string? hash = null;
        try
        {
            using Stream stream = item.Open();
            if (isQuick)
            {
                info = PictureInfo.Read(stream, item.Name);
            }
            else
            {
                ReadOnlyMemory<byte> file = ReadAll(stream);
                hash = Convert.ToHexString(SHA256.HashData(file.Span));
                info = PictureDecoder.Guard(item.Name, () => PictureDecoder.ReadInfo(file.Span, isWhole: true)!);
                Decode(file, item.Name);
            }
        }
        catch (Exception error) when (error is InputException or IOException or UnauthorizedAccessException)
        {
            return new CheckedPicture(info, hash, [new DatasetFault(FaultSeverity.Error, "damaged picture", item.Name, null, WithoutName(error.Message, item.Name))]);
        }

        return new CheckedPicture(info, hash, [.. FindFaults(item, info)]);
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, PictureLimits.MaximumFileBytes) : 0);
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private void Decode(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            Picture.Decode(file, name);
        }
        catch (JpegLibraryException missing)
        {
            // Of this machine, not of the picture; headers are read without it.
            _noJpeg = missing;
        }
    }

    private static IEnumerable<DatasetFault> FindFaults(DatasetItem item, PictureInfo info)
    {
        PictureSize size = info.Size;
        if (info.Orientation != PictureOrientation.Upright)
        {
            yield return Fault(FaultSeverity.Note, "turned picture", item.Name, null, $"Its EXIF orientation is {(int)info.Orientation}: it is turned upright ({size}), and its boxes are taken as those of the upright picture.");
        }

        if ((item.ClaimedWidth ?? size.Width) != size.Width || (item.ClaimedHeight ?? size.Height) != size.Height)
        {
            string claim = $"{item.ClaimedWidth?.ToString(CultureInfo.InvariantCulture) ?? "?"} x {item.ClaimedHeight?.ToString(CultureInfo.InvariantCulture) ?? "?"}";
            string turned = item.ClaimedWidth == size.Height && item.ClaimedHeight == size.Width ? "; it seems that the sides are exchanged" : string.Empty;
            yield return Fault(FaultSeverity.Warning, "size disagrees", FileOf(item), null, $"The labels say {claim} pixels, and {item.Name} has {size}{turned}. Boxes are taken as they are written.");
        }

        if (item.Unit == BoxUnit.Relative)
        {
            yield break;
        }

        foreach (ObjectLabel label in item.Labels)
        {
            if (FindFault(item, label, size) is { } fault)
            {
                yield return fault;
            }
        }
    }

    private static DatasetFault? FindFault(DatasetItem item, ObjectLabel label, PictureSize size)
    {
        Box box = label.Box;
        string file = FileOf(item);
        string where = string.Create(CultureInfo.InvariantCulture, $"The box goes from {box.Left:0.##}, {box.Top:0.##} to {box.Right:0.##}, {box.Bottom:0.##}, and the picture has {size} pixels");
        if (box.Clip(size.Width, size.Height).IsEmpty)
        {
            return Fault(FaultSeverity.Warning, "box outside the picture", file, label.Line, $"{where}; it is left out.");
        }

        double beyond = Math.Max(Math.Max(-box.Left, box.Right - size.Width), Math.Max(-box.Top, box.Bottom - size.Height));
        return beyond > Rounding ? Fault(FaultSeverity.Warning, "box beyond the edge", file, label.Line, $"{where}; it is cut off at the edge.") : null;
    }

    private static string FileOf(DatasetItem item) => item.LabelFile is { } file ? ShownPath.Of(file) : item.Name;

    private static DatasetFault Fault(FaultSeverity severity, string kind, string file, int? line, string message) => new(severity, kind, file, line, message);

    private static string WithoutName(string message, string name)
    {
        string text = message.StartsWith(name + ": ", StringComparison.Ordinal) ? message[(name.Length + 2)..] : message;
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
