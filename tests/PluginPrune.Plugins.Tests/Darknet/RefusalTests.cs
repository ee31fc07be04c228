using PluginPrune.Contracts;

namespace PluginPrune.Plugins.Tests.Darknet;

public sealed class RefusalTests : IDisposable
{
    // Sections at fault begin in line 6.
    private const int First = 6;

    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("[conv]\nfilters=0\n", 1, "filters = 0")]
    [InlineData("[conv]\nfilters=-3\n", 1, "filters = -3")]
    [InlineData("[conv]\nfilters=many\n", 1, "'many'")]
    [InlineData("[conv]\nfilters=2.5\n", 1, "whole number")]
    [InlineData("[conv]\nfilters=99999999999\n", 1, "whole number")]
    [InlineData("[conv]\nfilters=\n", 1, "nothing")]
    [InlineData("[conv]\nfilters=4\ngroups=2\n", 2, "groups = 2")]
    [InlineData("[conv]\nfilters=4\nsize=0\n", 2, "size = 0")]
    [InlineData("[conv]\nfilters=2000000000\n", 0, "2^31")]
    [InlineData("[conv]\nfilters=100000\nsize=1000\n", 2, "2^31 weights")]
    [InlineData("[conv]\nfilters=4\nsize=2147483647\npad=1\n", 2, "2^31")]
    [InlineData("[conv]\nfilters=4\nsize=33\n", 0, "at least 1")]
    [InlineData("[conv]\nfilters=4\nstride=0\n", 2, "stride = 0")]
    [InlineData("[conv]\nfilters=4\npadding=-1\n", 2, "padding = -1")]
    [InlineData("[conv]\nfilters=4\nsize=3\ndilation=2\n", 3, "dilation 2")]
    [InlineData("[conv]\nfilters=4\nsize=2\npad=1\ndilation=2\n", 4, "dilation 2")]
    [InlineData("[conv]\nactivation=sine\n", 1, "'sine'")]
    [InlineData("[conv]\nbinary=1\n", 1, "binary = 1")]
    [InlineData("[conv]\nxnor=1\n", 1, "xnor")]
    [InlineData("[conv]\nflipped=1\n", 1, "flipped")]
    [InlineData("[conv]\ndontload=1\n", 1, "dontload")]
    [InlineData("[conv]\ndontloadscales=1\n", 1, "dontloadscales")]
    [InlineData("[conv]\nantialiasing=1\n", 1, "antialiasing")]
    [InlineData("[conv]\nassisted_excitation=4000\n", 1, "assisted_excitation")]
    [InlineData("[conv]\nsway=1\n", 1, "sway")]
    [InlineData("[conv]\nshare_index=0\n", 1, "share_index")]
    [InlineData("[maxpool]\nmaxpool_depth=1\n", 1, "maxpool_depth")]
    [InlineData("[maxpool]\nsize=2\nstride=2\npadding=-1\n", 3, "padding = -1")]
    [InlineData("[maxpool]\nsize=3\npadding=9\n", 0, "padding")]
    [InlineData("[upsample]\nscale=2\n", 1, "scale = 2")]
    [InlineData("[upsample]\nstride=-2\n", 1, "stride = -2")]
    [InlineData("[upsample]\nstride=100000\n", 0, "2^31")]
    [InlineData("[route]\nlayers=0\n", 1, "layer 0")]
    [InlineData("[route]\nlayers=-1\n", 1, "layer -1")]
    [InlineData("[route]\n", 0, "no layers")]
    [InlineData("[avgpool]\n[route]\nlayers=5\n", 2, "layer 5")]
    [InlineData("[avgpool]\n[route]\nlayers=-1\ngroups=2\n", 1, "2 equal parts")]
    [InlineData("[avgpool]\n[route]\nlayers=-1\ngroups=3\ngroup_id=3\n", 4, "group_id = 3")]
    [InlineData("[dropout]\n[avgpool]\n[route]\nlayers=0,1\n", 2, "heights and widths must be equal")]
    [InlineData("[dropout]\n[max]\nsize=1\nstride_x=2\n[shortcut]\nfrom=0\n", 5, "same step")]
    [InlineData("[dropout]\n[dropout]\n[shortcut]\nfrom=0\nweights_type=per_galaxy\n", 4, "per_galaxy")]
    [InlineData("[dropout]\n[dropout]\n[shortcut]\nfrom=0\nactivation=norm_chan\n", 4, "norm_chan")]
    [InlineData("[dropout]\n[dropout]\n[scale_channels]\nfrom=0\n", 3, "3 x 1 x 1")]
    [InlineData("[dropout]\n[avgpool]\n[scale_channels]\nfrom=0\nscale_wh=1\n", 4, "1 x 32 x 32")]
    [InlineData("[dropout]\nprobability=x\n", 1, "'x'")]
    [InlineData("[conv]\nfilters=255\n[yolo]\nclasses=7\nnum=3\nanchors=1,2,3,4,5,6\n", 3, "Set its filters to 36")]
    [InlineData("[conv]\nfilters=12\n[yolo]\nclasses=7\nnum=1\nmask=1\n", 5, "mask = 1")]
    [InlineData("[conv]\nfilters=12\n[yolo]\nclasses=7\nnum=2000000000\n", 4, "num = 2000000000")]
    [InlineData("[conv]\nfilters=12\n[yolo]\nclasses=7\nnum=1\nanchors=1\n", 5, "1 numbers in anchors")]
    [InlineData("[conv]\nfilters=12\n[yolo]\nclasses=7\nnum=1\nanchors=1,two\n", 5, "'two'")]
    public void What_cannot_be_is_refused_with_its_line(string sections, int offset, string problem)
    {
        InputException error = _scratch.Refusal(CfgTexts.Net + sections);

        error.Message.Should().Contain(problem);
        error.Line.Should().Be(First + offset);
    }

    [Theory]
    [InlineData("[conv]\nbinary=0\nflipped=0\nxnor=0\nantialiasing=0\nlearning_rate=2\n")]
    [InlineData("[upsample]\nscale=1\n")]
    [InlineData("[dropout]\n[dropout]\n[shortcut]\nfrom=0\nweights_type=none\nweights_normalization=none\n")]
    public void Switches_that_are_off_are_kept(string sections)
    {
        _scratch.Write(_scratch.Read(CfgTexts.Net + sections)).Cfg.Should().Be(CfgTexts.Net + sections);
    }

    public void Dispose() => _scratch.Dispose();
}
