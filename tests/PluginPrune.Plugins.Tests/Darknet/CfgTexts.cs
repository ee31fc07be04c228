namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Small networks.</summary>
internal static class CfgTexts
{
    public const string Net = "[net]\nwidth=32\nheight=32\nchannels=3\n\n";

    /// <summary>A convolution with batch norm, and one without.</summary>
    public const string TwoLayers = Net
        + "[convolutional]\nbatch_normalize=1\nfilters=4\nsize=3\nstride=1\npad=1\nactivation=leaky\n\n"
        + "[convolutional]\nfilters=6\nsize=1\nactivation=linear\n";

    /// <summary>Two residual blocks, read from afar by a route in both styles, and a head with fractional anchors.</summary>
    public const string Residual =
        """
        # A network of two blocks.
        [net]
        width = 32   # pixels
        height = 32
        channels = 3

        [convolutional]
        batch_normalize=1
        filters = 8
        size=3
        pad=1
        activation=leaky

        # first block
        [convolutional]
        batch_normalize=1
        filters=4
        size=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=8
        size=3
        pad=1
        activation=leaky

        [shortcut]
        from = -3
        activation=linear

        # second block
        [convolutional]
        batch_normalize=1
        filters=4
        size=1
        activation=mish

        [convolutional]
        batch_normalize=1
        filters=8
        size=3
        pad=1
        activation=leaky

        [shortcut]
        from=3
        activation=relu

        # tail
        [convolutional]
        batch_normalize=1
        filters=8
        size=1
        activation=swish

        [route]
        layers = -1, 3 ,-2   # three sources

        [convolutional]
        filters=14
        size=1
        activation=linear

        [yolo]
        mask = 0,1
        anchors = 1.25,2.5,  10.5,13.75
        classes=2
        num=2
        my_own_key = kept = as it is
        """;

    /// <summary>A depthwise convolution, squeeze and excite, a split route and a pyramid of pools.</summary>
    public const string Mixed = Net
        + "[conv]\nbatch_normalize=1\nfilters=8\nsize=3\nstride=2\npad=1\nactivation=relu6\n\n"
        + "[convolutional]\nbatch_normalize=1\nfilters=8\nsize=3\ngroups=8\npad=1\nactivation=swish\n\n"
        + "[avgpool]\n\n"
        + "[convolutional]\nfilters=8\nsize=1\nactivation=logistic\n\n"
        + "[scale_channels]\nfrom=-3\nactivation=linear\n\n"
        + "[dropout]\nprobability=.15\n\n"
        + "[route]\nlayers=-1,1\ngroups=2\ngroup_id=1\n\n"
        + "[maxpool]\nsize=5\nstride=1\n\n"
        + "[route]\nlayers=-2\n\n"
        + "[max]\nsize=3\nstride=1\n\n"
        + "[route]\nlayers=-1,-3,-4,6\n\n"
        + "[upsample]\nstride=2\n\n"
        + "[activation]\nactivation=linear\n\n"
        + "[convolutional]\nfilters=5\nactivation=linear\n\n"
        + "[activation]\nactivation=elu\n\n"
        + "[convolutional]\nfilters=4\nsize=3\nstride_x=2\nstride_y=1\npadding=1\ndilation=2\nactivation=mish\n\n";
}
