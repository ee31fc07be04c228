using System.Globalization;
using System.Text;
using System.Xml;

namespace PluginPrune.Core.Inspection;

/// <summary>Writes the few shapes that a picture is made of.</summary>
internal sealed class SvgPen : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly XmlWriter _xml;

    public SvgPen(Stream stream, double width, double height, string title)
    {
        _xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" });
        _xml.WriteStartElement("svg", Namespace);
        Attributes(("width", Number(width)), ("height", Number(height)), ("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("role", "img"));
        Attributes(("font-family", "Segoe UI, Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif"), ("font-size", "11"), ("fill", PictureColors.Ink));
        Title(title);
        Rectangle(0, 0, width, height, ("fill", PictureColors.Paper));
    }

    public void Title(string text) => _xml.WriteElementString("title", Namespace, Legal(text));

    public void BeginGroup(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement("g", Namespace);
        Attributes(attributes);
    }

    public void EndGroup() => _xml.WriteEndElement();

    public void Rectangle(double x, double y, double width, double height, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement("rect", Namespace);
        Attributes(("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)));
        Attributes(attributes);
        _xml.WriteEndElement();
    }

    public void Circle(double x, double y, double radius, string fill)
    {
        _xml.WriteStartElement("circle", Namespace);
        Attributes(("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)), ("fill", fill));
        _xml.WriteEndElement();
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width)
    {
        _xml.WriteStartElement("line", Namespace);
        Attributes(("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", stroke), ("stroke-width", Number(width)));
        _xml.WriteEndElement();
    }

    public void Path(FormattableString data, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement("path", Namespace);
        object?[] numbers = Array.ConvertAll(data.GetArguments(), static argument => argument is double number ? Number(number) : argument);
        Attributes(("d", string.Format(CultureInfo.InvariantCulture, data.Format, numbers)));
        Attributes(attributes);
        _xml.WriteEndElement();
    }

    public void Text(double x, double y, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement("text", Namespace);
        Attributes(("x", Number(x)), ("y", Number(y)));
        Attributes(attributes);
        _xml.WriteString(Legal(text));
        _xml.WriteEndElement();
    }

    public void Dispose()
    {
        _xml.WriteEndElement();
        _xml.Dispose();
    }

    /// <summary>Names come from files and may hold what XML may not.</summary>
    private static string Legal(string text) => string.Concat(text.EnumerateRunes().Select(static rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));

    /// <summary>A tenth of a pixel is more than enough.</summary>
    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private void Attributes(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            _xml.WriteAttributeString(name, value);
        }
    }
}
