using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.Darknet;

public sealed class CfgTextTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("crlf")]
    [InlineData("mark")]
    [InlineData("no newline at the end")]
    [InlineData("old mac")]
    [InlineData("comments in another encoding")]
    public void Odd_texts_are_read_and_written_byte_by_byte(string what)
    {
        string cfg = what switch
        {
            "crlf" => CfgTexts.Residual.Replace("\n", "\r\n", StringComparison.Ordinal),
            "mark" => "\u00EF\u00BB\u00BF" + CfgTexts.Residual,
            "no newline at the end" => CfgTexts.Residual.TrimEnd(),
            "old mac" => CfgTexts.Residual.Replace('\n', '\r'),
            _ => "# \u00B5\u00C4\u00A0\u0085\n" + CfgTexts.Residual,
        };
        Network plain = _scratch.Read(CfgTexts.Residual);
        byte[] weights = File.ReadAllBytes(_scratch.WeightsPath);

        Network network = _scratch.Read(cfg, weights);

        Meaning.Of(network).Should().Equal(Meaning.Of(plain));
        MemorySink written = _scratch.Write(network);
        written.Cfg.Should().Be(cfg);
        written.Weights.Should().Equal(weights);
    }

    [Fact]
    public void A_file_with_windows_line_ends_keeps_them_where_it_changes()
    {
        Network network = _scratch.Read(CfgTexts.Residual.Replace("\n", "\r\n", StringComparison.Ordinal));

        string cfg = _scratch.Write(network.WithoutBlock("3.add", "0.act", "1", "2", "3").Without("6.add", "0.act")).Cfg;

        cfg.Replace("\r\n", string.Empty, StringComparison.Ordinal).Should().NotContain("\n").And.NotContain("\r");
    }

    [Fact]
    public void Blanks_comments_and_several_equals_signs_are_taken_as_they_are_meant()
    {
        const string Cfg = "; at the top\n[net]  # the net\n  width = 8 # wide\n\theight\t=\t8 ; high\n   # indented\n  \t \n"
            + "  [ conv ]  \n filters = 2# two\n size = 3.0\n note = a = b\n activation = relu ; of course\n";

        Network network = _scratch.Read(Cfg, WeightsBytes.Of(2 + (2 * 27)));

        network.ShapeOf("0.act").Should().Be(new Shape(2, 6, 6));
        _scratch.Write(network).Cfg.Should().Be(Cfg);
        _scratch.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void A_list_may_go_on_in_the_next_line()
    {
        const string Cfg = "[net]\nwidth=8\nheight=8\n[conv]\nfilters=12\nactivation=linear\n[yolo]\nclasses=1\nnum=2\nanchors = 1.5,2,\n  # the large one\n  30.25,40\n";

        Network network = _scratch.Read(Cfg, WeightsBytes.Of(12 + 36));

        network.Heads.Single().Parameters["anchors"].Should().Equal(1.5, 2, 30.25, 40);
        _scratch.Write(network).Cfg.Should().Be(Cfg);
    }

    [Fact]
    public void The_first_of_two_keys_counts_and_is_warned_of()
    {
        Network network = _scratch.Read("[net]\nwidth=8\nheight=8\n[conv]\nfilters=2\nfilters=3\n");

        network.ShapeOf("0.conv").Channels.Should().Be(2);
        _scratch.Warnings.Should().ContainSingle().Which.Should().Contain("Line 6").And.Contain("'filters' twice").And.Contain("line 5");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Utf16_is_refused_by_its_name(bool hasMark)
    {
        byte[] bytes = Encoding.Unicode.GetBytes(CfgTexts.TwoLayers);
        File.WriteAllBytes(_scratch.CfgPath, hasMark ? [0xFF, 0xFE, .. bytes] : bytes);

        Assert.Throws<InputException>(() => _scratch.ReadAgain()).Message.Should().Contain("UTF-16").And.Contain("UTF-8");
    }

    [Theory]
    [InlineData("", null, "empty")]
    [InlineData("# nothing\n", null, "no [section]")]
    [InlineData("[net]\nwidth=8\nheight=8\n", null, "no section after [net]")]
    [InlineData("\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007", null, "binary")]
    [InlineData("width=8\n[net]\n", 1, "before the first section")]
    [InlineData("[conv]\n[net]\n", 1, "must be [net]")]
    [InlineData("[net]\nheight=8\n[avgpool]\n", 1, "no width")]
    [InlineData("[net]\nwidth=0\nheight=8\n[avgpool]\n", 2, "width = 0")]
    [InlineData("[net]\nwidth=8\nheight=eight\n[avgpool]\n", 3, "height = 'eight'; it must be a whole number")]
    [InlineData("[net]\nwidth=8\nheight=8\n[avgpool]\n\nnonsense\n", 6, "'nonsense' is neither")]
    [InlineData("[net]\nwidth=8\nheight=8\n[avgpool\n", 4, "'[avgpool' begins like a section")]
    [InlineData("[net]\nwidth=8\nheight=8\n= 3\n[avgpool]\n", 4, "neither")]
    [InlineData("[net]\nwidth=100000\nheight=100000\n[avgpool]\n", 3, "2^31")]
    public void Texts_that_are_no_cfg_are_refused_with_their_line(string cfg, int? line, string problem)
    {
        InputException error = _scratch.Refusal(cfg);

        error.Line.Should().Be(line);
        error.Message.Should().Contain(problem).And.Contain(_scratch.CfgPath);
    }

    [Fact]
    public void An_unknown_section_is_refused_with_its_line_and_those_that_are_known()
    {
        InputException error = _scratch.Refusal(CfgTexts.TwoLayers + "\n\n[teleport]\nto=moon\n");

        error.Line.Should().Be(20);
        error.Message.Should().Contain("[teleport]").And.Contain("convolutional").And.Contain("scale_channels").And.Contain("yolo");
    }

    [Fact]
    public void A_missing_file_is_refused()
    {
        Assert.Throws<InputException>(() => _scratch.ReadAgain()).Message.Should().Contain("no such file").And.Contain("net.cfg");
        Assert.Throws<InputException>(() => _scratch.ReadFile(_scratch.Folder)).Message.Should().Contain("folder");
    }

    public void Dispose() => _scratch.Dispose();
}
