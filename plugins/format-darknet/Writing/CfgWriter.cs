using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Writing;

/// <summary>Puts sections into text. What did not change is written as it was read, byte by byte.</summary>
internal sealed class CfgWriter
{
    private readonly Network _network;
    private readonly CfgDocument? _document;
    private readonly string _newLine;
    private readonly StringBuilder _text = new();
    private readonly HashSet<CfgSection> _written = [];

    private CfgWriter(Network network)
    {
        _network = network;
        _document = network.Annotations.Find<CfgDocument>();
        _newLine = _document?.Net.NewLine ?? "\n";
    }

    /// <summary>The text of the cfg file.</summary>
    public static string Write(Planner plan)
    {
        var writer = new CfgWriter(plan.Network);
        writer.WriteNet();
        foreach (LinkedSection section in new Linker(plan).Link())
        {
            writer.WriteLayer(section);
        }

        if (writer._document is { Epilogue: { IsEmpty: false } epilogue })
        {
            writer.Append(epilogue);
        }

        return writer._text.ToString();
    }

    private void WriteNet()
    {
        NetworkInput input = _network.Inputs[0];
        bool isVector = _document is { Net: var net } && NetworkBuilder.IsVector(net) && input.Shape is { Height: 1, Width: 1 };
        ImmutableArray<Setting> settings = isVector ? [new("inputs", Text(input.Shape.Channels))] :
        [
            new("width", Text(input.Shape.Width)),
            new("height", Text(input.Shape.Height)),
            new("channels", Text(input.Shape.Channels), "3") { IsAlwaysWritten = true },
            new("letter_box", input.Preprocessing.Resize == ResizeMode.Letterbox ? "1" : "0", "0") { IsSwitch = true },
        ];
        if (_document is { } document)
        {
            Append(settings.Aggregate(document.Net, static (section, setting) => setting.ApplyTo(section)));
            return;
        }

        AppendNew("net", [new("batch", "1"), new("subdivisions", "1"), .. settings]);
    }

    private void WriteLayer(LinkedSection linked)
    {
        if (linked.Draft is not { } draft)
        {
            AppendNew(linked.Name, linked.Settings);
            return;
        }

        if (draft.Source is { } source)
        {
            Append(linked.Settings.Aggregate(source, static (section, setting) => setting.ApplyTo(section)), source);
            return;
        }

        // The comments that led a section go on leading what is left of it.
        if (draft.Origin is { } origin && _written.Add(origin))
        {
            Append(origin.Leading);
        }

        AppendNew(linked.Name, linked.Settings);
    }

    private void Append(CfgSection section, CfgSection? source = null)
    {
        if (_written.Add(source ?? section))
        {
            Append(section.Leading);
        }

        Append([section.Header, .. section.Body]);
    }

    private void AppendNew(string name, IEnumerable<Setting> settings)
    {
        EndLine();
        _text.Append('[').Append(name).Append(']').Append(_newLine);
        foreach (Setting setting in settings.Where(static setting => setting.IsNeeded))
        {
            _text.Append(setting.Key).Append('=').Append(setting.Value).Append(_newLine);
        }

        _text.Append(_newLine);
    }

    private void Append(ImmutableArray<CfgLine> lines)
    {
        EndLine();
        foreach (CfgLine line in lines)
        {
            _text.Append(line.Raw);
        }
    }

    // The last line of a file may lack its ending; what is written behind it must not run into it.
    private void EndLine()
    {
        if (_text.Length > 0 && _text[^1] is not ('\n' or '\r'))
        {
            _text.Append(_newLine);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
