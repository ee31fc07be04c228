using System.Globalization;
using System.Text;

namespace PluginPrune.Plugins.Tests.KnownFaults;

/// <summary>Cfg texts section by section.</summary>
internal sealed class CfgBuilder
{
    private readonly StringBuilder _text = new("[net]\nwidth=64\nheight=64\nchannels=3\n\n");

    public CfgBuilder Conv(int filters, int size = 1, string activation = "leaky", int norm = 1, int stride = 1)
    {
        _text.Append(CultureInfo.InvariantCulture, $"[convolutional]\nbatch_normalize={norm}\nfilters={filters}\nsize={size}\nstride={stride}\npad=1\nactivation={activation}\n\n");
        return this;
    }

    public CfgBuilder Section(string text)
    {
        _text.Append(text.Trim()).Append("\n\n");
        return this;
    }

    /// <summary>A head with one anchor.</summary>
    public CfgBuilder Head(int classes = 3)
    {
        Conv(5 + classes, 1, "linear", norm: 0);
        return Section(string.Create(CultureInfo.InvariantCulture, $"[yolo]\nmask=0\nanchors=8.5, 12.25\nclasses={classes}\nnum=1"));
    }

    public override string ToString() => _text.ToString();
}
