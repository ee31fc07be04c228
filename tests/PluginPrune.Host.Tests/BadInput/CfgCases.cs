using System.Text;

namespace PluginPrune.Host.Tests.BadInput;

internal static class CfgCases
{
    public static IEnumerable<BadCase> All =>
    [
        // Cut off.
        Bytes("empty", [], "net.cfg", "empty"),
        Bytes("blanks alone", " \n\t\r\n"u8.ToArray(), "net.cfg", "empty"),
        Text("no section", "# nothing\n", "no [section]"),
        Text("net alone", BadFiles.Net, "no section after [net]"),
        Text("cut in a header", BadFiles.Net + "[convol", "line 6", "[convol"),
        Text("cut in a key", BadFiles.Net + "[convolutional]\nfil", "line 7", "fil"),
        Text("cut behind the equals sign", BadFiles.Net + "[convolutional]\nfilters=", "line 7", "filters"),
        Text("cut in the net", "[net]\nwidth=32\nhei", "line 3", "hei"),
        Text("no width", "[net]\nheight=32\n\n" + BadFiles.Layer, "line 1", "no width"),
        Bytes("the sample cut in a section's name", BadFiles.Cfg[..(BadFiles.Cfg.AsSpan().LastIndexOf("[convolutional]"u8) + 5)], "net.cfg", "line"),

        // Not a text, or not this one.
        Bytes("UTF-16 with a mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(BadFiles.Net + BadFiles.Layer)], "UTF-16"),
        Bytes("UTF-16, big end first, no mark", Encoding.BigEndianUnicode.GetBytes(BadFiles.Net + BadFiles.Layer), "UTF-16"),
        Bytes("weights in its place", BadFiles.Weights, "binary"),
        Text("JSON", "{ \"net\": {} }\n", "line 1", "neither"),
        Text("HTML", "<!doctype html>\n<p>x</p>\n", "line 1"),
        Text("an option before all sections", "width=1\n[net]\n", "line 1", "width"),
        Text("another first section", BadFiles.Layer, "line 1", "[convolutional]", "[net]"),
        Text("an unknown section", BadFiles.Net + "[convolutionol]\nfilters=1\n", "line 6", "[convolutionol]"),
        Text("an unknown activation", BadFiles.Net + "[convolutional]\nactivation=sine\n", "line 7", "'sine'"),

        // Numbers.
        Text("width NaN", "[net]\nwidth=nan\nheight=32\n\n" + BadFiles.Layer, "line 2", "'nan'"),
        Text("width negative", "[net]\nwidth=-416\nheight=32\n\n" + BadFiles.Layer, "line 2", "-416"),
        Text("channels 0", "[net]\nwidth=32\nheight=32\nchannels=0\n\n" + BadFiles.Layer, "line 4", "channels = 0"),
        Text("an input of 2^63 elements", "[net]\nwidth=2147483647\nheight=2147483647\nchannels=3\n\n" + BadFiles.Layer, "line 3", "2147483647"),
        Text("an output above 2^31 elements", "[net]\nwidth=26000\nheight=26000\nchannels=3\n\n" + BadFiles.Layer, "line 6", "2^31"),
        Text("0 filters", BadFiles.Net + "[convolutional]\nfilters=0\n", "line 7", "filters = 0"),
        Text("filters infinite", BadFiles.Net + "[convolutional]\nfilters=inf\n", "line 7", "'inf'"),
        Text("filters of 15 million digits", BadFiles.Net + "[convolutional]\nfilters=" + new string('9', 15_000_000) + "\n", "line 7", "999..."),
        Text("weights of one layer above 2^31", BadFiles.Net + "[convolutional]\nfilters=100000\nsize=1000\n", "line 8", "2^31 weights"),
        Text("size above 2^31", BadFiles.Net + "[convolutional]\nsize=2147483648\n", "line 7", "whole number"),
        Text("stride 0", BadFiles.Net + "[convolutional]\nstride=0\n", "line 7", "stride = 0"),
        Text("padding times dilation overflows", BadFiles.Net + "[convolutional]\nfilters=8\nsize=3\npadding=2147483647\ndilation=2147483647\n", "net.cfg", "line"),
        Text("groups that do not divide", BadFiles.Net + "[convolutional]\nfilters=8\ngroups=3\n\n[convolutional]\nfilters=8\ngroups=5\n", "line 8", "groups = 3"),
        Text("upsampled above 2^31", BadFiles.Net + "[upsample]\nstride=100000\n", "line 6", "2^31"),
        Text("2 GB of weights claimed in 1 KB", BadFiles.Net + "[convolutional]\nfilters=23000\nsize=150\npad=1\nactivation=linear\n", "net.weights", "the file has 1004"),
        Text("terabytes of weights claimed in 1 KB", BadFiles.Net + Repeat("[convolutional]\nfilters=13000\nsize=1\nactivation=linear\n\n", 2000), "net.weights", "the file has 1004"),

        // References.
        Text("a route to itself", BadFiles.Net + BadFiles.Layer + "[route]\nlayers=1\n", "line 13", "layer 1"),
        Text("a route forward", BadFiles.Net + BadFiles.Layer + "[route]\nlayers=2\n\n[dropout]\n", "line 13", "layer 2"),
        Text("a route back behind the beginning", BadFiles.Net + BadFiles.Layer + "[route]\nlayers=-2147483647\n", "line 13", "-2147483647"),
        Text("routes in a circle", BadFiles.Net + "[route]\nlayers=1\n\n[route]\nlayers=0\n", "line 7", "layer 1"),
        Text("a route of a million layers", BadFiles.Net + BadFiles.Layer + "[route]\nlayers=" + Repeat("0,", 1_000_000) + "0\n", "line 12", "2^31"),
        Text("a route of unequal pictures", BadFiles.Net + "[dropout]\n\n[avgpool]\n\n[route]\nlayers=0,1\n", "line 10", "heights and widths"),
        Text("a shortcut of unequal pictures", BadFiles.Net + "[dropout]\n\n[maxpool]\nsize=2\nstride=2\n\n[avgpool]\n\n[shortcut]\nfrom=nowhere\n", "line 15", "nowhere"),
        Text("a shortcut without from", BadFiles.Net + BadFiles.Layer + "[shortcut]\nactivation=linear\n", "line 12", "no from"),
        Text("a head with other classes", BadFiles.Net + "[convolutional]\nfilters=255\n\n[yolo]\nclasses=7\nnum=3\nanchors=1,2,3,4,5,6\n", "line 10", "Set its filters to 36"),
        Text("two billion anchors", BadFiles.Net + "[convolutional]\nfilters=12\n\n[yolo]\nclasses=7\nnum=2000000000\n", "line 11", "2000000000"),
    ];

    private static BadCase Text(string name, string cfg, params string[] words) => new("cfg: " + name, 2, words, work => BadFiles.Put(work, cfg));

    private static BadCase Bytes(string name, byte[] cfg, params string[] words) => new("cfg: " + name, 2, words, work => BadFiles.Put(work, cfg, BadFiles.Weights));

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
