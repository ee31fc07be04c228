namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>Annotations as labelling tools write them.</summary>
internal static class VocXml
{
    public static string Of(params IEnumerable<string> objects) =>
        $"<annotation>\n<folder>x</folder><filename>other.jpg</filename><path>/home/me/other.jpg</path>\n<size><width>100</width><height>80</height><depth>3</depth></size>\n{string.Join('\n', objects)}\n</annotation>\n";

    public static string Object(string name, string xmin, string ymin, string xmax, string ymax, string more = "<difficult>0</difficult>") =>
        $"<object><name>{name}</name>{more}<bndbox><xmin>{xmin}</xmin><ymin>{ymin}</ymin><xmax>{xmax}</xmax><ymax>{ymax}</ymax></bndbox></object>";

    public static string Object(string name) => Object(name, "1", "1", "10", "20");
}
