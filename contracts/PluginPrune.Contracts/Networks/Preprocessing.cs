using System.Collections.Immutable;

namespace PluginPrune.Contracts.Networks;

/// <summary>How a picture of 8 bits a channel becomes a network's input: value = (pixel * Scale - Mean[c]) / Deviation[c].</summary>
public sealed record Preprocessing
{
    /// <summary>RGB, scaled to 0..1, stretched to the network's size: what Darknet does.</summary>
    public static Preprocessing Darknet { get; } = new();

    /// <summary>The order of the channels.</summary>
    /// <value>The default is <see cref="ChannelOrder.Rgb"/>.</value>
    public ChannelOrder Order { get; init; } = ChannelOrder.Rgb;

    /// <summary>The factor on a pixel of 0..255.</summary>
    /// <value>The default is 1 / 255.</value>
    public double Scale { get; init; } = 1.0 / 255;

    /// <summary>The mean that is taken off each channel after scaling; empty for none.</summary>
    public ImmutableArray<double> Mean { get; init; } = [];

    /// <summary>The standard deviation that each channel is divided by after the mean went off; empty for none.</summary>
    public ImmutableArray<double> Deviation { get; init; } = [];

    /// <summary>How a picture of another size is fitted.</summary>
    /// <value>The default is <see cref="ResizeMode.Stretch"/>.</value>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>How pixels are computed where a picture is resized.</summary>
    /// <value>The default is <see cref="Networks.Interpolation.Bilinear"/>.</value>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>The grey of the padding of a letterboxed picture, 0 to 255.</summary>
    /// <value>The default is 114.</value>
    public int Padding { get; init; } = 114;
}
