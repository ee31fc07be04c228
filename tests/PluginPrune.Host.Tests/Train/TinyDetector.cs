namespace PluginPrune.Host.Tests.Train;

/// <summary>The smallest detector that learns something: 64 x 64, one residual block, one head of five classes.</summary>
internal static class TinyDetector
{
    /// <summary>Six halvings, the last one doubled again and put beside the one before: it takes multiples of 64 alone.</summary>
    public const string Deep =
        """
        [net]
        width=192
        height=192
        channels=3

        [convolutional]
        batch_normalize=1
        filters=4
        size=3
        stride=2
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=4
        size=3
        stride=2
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=4
        size=3
        stride=2
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=4
        size=3
        stride=2
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=4
        size=3
        stride=2
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=4
        size=3
        stride=2
        pad=1
        activation=leaky

        [upsample]
        stride=2

        [route]
        layers=-1,-3

        [convolutional]
        size=1
        stride=1
        pad=1
        filters=20
        activation=linear

        [yolo]
        mask=0,1
        anchors=12,12, 28,28
        classes=5
        num=2

        """;

    public const string Cfg =
        """
        [net]
        width=64
        height=64
        channels=3

        [convolutional]
        batch_normalize=1
        filters=8
        size=3
        stride=2
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=16
        size=3
        stride=2
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=8
        size=1
        stride=1
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=16
        size=3
        stride=1
        pad=1
        activation=leaky

        [shortcut]
        from=-3
        activation=linear

        [convolutional]
        batch_normalize=1
        filters=24
        size=3
        stride=2
        pad=1
        activation=leaky

        [convolutional]
        size=1
        stride=1
        pad=1
        filters=20
        activation=linear

        [yolo]
        mask=0,1
        anchors=12,12, 28,28
        classes=5
        num=2

        """;
}
