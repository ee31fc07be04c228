using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetVoc.Annotations;

/// <summary>Reads an XML file of annotations. Nothing outside of the file is looked at, whatever it names.</summary>
internal static class AnnotationReader
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1 << 26 };

    public static Annotation Read(string path)
    {
        string file = UserPath.Of(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            using XmlReader reader = XmlReader.Create(stream, Settings);
            return Read(XDocument.Load(reader, LoadOptions.SetLineInfo).Root!, file);
        }
        catch (XmlException error)
        {
            return Unreadable(file, error.LineNumber > 0 ? error.LineNumber : null, $"It is no XML that can be read: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unreadable(file, null, $"It cannot be read: {error.Message}");
        }
    }

    private static Annotation Read(XElement root, string file)
    {
        if (root.Name.LocalName != "annotation")
        {
            return Unreadable(file, LineOf(root), $"Its first element is <{root.Name.LocalName}>; VOC annotations begin with <annotation>.");
        }

        var objects = ImmutableArray.CreateBuilder<AnnotatedObject>();
        var faults = ImmutableArray.CreateBuilder<DatasetFault>();
        foreach (XElement element in root.Elements("object"))
        {
            string name = element.Element("name")?.Value.Trim() ?? string.Empty;
            if (name.Length == 0)
            {
                faults.Add(new DatasetFault(FaultSeverity.Error, "object without a class", file, LineOf(element), "The object has no <name>."));
            }
            else if (ReadBox(element, file, faults) is { } corners)
            {
                objects.Add(new AnnotatedObject(name, corners, element.Element("difficult")?.Value.Trim() is "1" or "true" or "True", LineOf(element)));
            }
        }

        XElement? size = root.Element("size");
        return new Annotation(objects.DrainToImmutable(), faults.DrainToImmutable())
        {
            FileName = root.Element("filename")?.Value.Trim() is { Length: > 0 } named ? Path.GetFileName(named.Replace('\\', '/')) : null,
            Width = Side(size, "width"),
            Height = Side(size, "height"),
        };
    }

    /// <summary>The box right below the object: parts of a body have boxes of their own deeper down.</summary>
    private static Box? ReadBox(XElement element, string file, ImmutableArray<DatasetFault>.Builder faults)
    {
        if (element.Element("bndbox") is not { } box)
        {
            faults.Add(new DatasetFault(FaultSeverity.Error, "object without a box", file, LineOf(element), "The object has no <bndbox>."));
            return null;
        }

        Span<double> corners = stackalloc double[4];
        int i = 0;
        foreach (string side in new[] { "xmin", "ymin", "xmax", "ymax" })
        {
            string? text = box.Element(side)?.Value;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out corners[i]) || !double.IsFinite(corners[i]))
            {
                faults.Add(new DatasetFault(
                    FaultSeverity.Error, "not a number", file, LineOf(box), text is null ? $"The box has no <{side}>." : $"<{side}> is '{text.Trim()}', which is not a number."));
                return null;
            }

            i++;
        }

        return new Box(corners[0], corners[1], corners[2], corners[3]);
    }

    // Tools that do not know the size write 0.
    private static int? Side(XElement? size, string name) =>
        double.TryParse(size?.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double side) && side is >= 1 and <= int.MaxValue ? (int)side : null;

    private static Annotation Unreadable(string file, int? line, string message) =>
        new([], [new DatasetFault(FaultSeverity.Error, "unreadable annotations", file, line, message)]);

    private static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
