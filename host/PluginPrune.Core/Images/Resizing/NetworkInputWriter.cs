using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images.Resizing;

namespace PluginPrune.Core.Images;

/// <summary>Writes pictures into a network's input as its preprocessing says. May be used by several threads at once.</summary>
public sealed class NetworkInputWriter
{
    private readonly Preprocessing _preprocessing;

    /// <summary>For each channel of the input: its value for each of the 256 values of a pixel.</summary>
    private readonly float[][] _values;

    /// <summary>Prepares the values.</summary>
    /// <param name="preprocessing">Order, scale, mean, deviation, interpolation and padding; how a picture is fitted is the placement's business.</param>
    /// <exception cref="NetworkException">Mean or deviation have another number of channels than the order, or a deviation is 0.</exception>
    public NetworkInputWriter(Preprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        _preprocessing = preprocessing;
        Channels = preprocessing.Order == ChannelOrder.Grey ? 1 : Picture.Channels;
        _values = new float[Channels][];
        for (int channel = 0; channel < Channels; channel++)
        {
            double mean = Of(preprocessing.Mean, channel, otherwise: 0);
            double deviation = Of(preprocessing.Deviation, channel, otherwise: 1);
            if (deviation == 0)
            {
                throw new NetworkException($"The preprocessing's deviation of channel {channel} is 0; pixels cannot be divided by it.");
            }

            _values[channel] = new float[256];
            for (int value = 0; value < 256; value++)
            {
                _values[channel][value] = (float)(((value * preprocessing.Scale) - mean) / deviation);
            }
        }
    }

    /// <summary>The channels of the input: 3, or 1 for grey.</summary>
    public int Channels { get; }

    /// <summary>Resizes a picture and writes it with its padding.</summary>
    /// <param name="picture">Of the size that the placement is for.</param>
    /// <param name="placement">Where it goes.</param>
    /// <param name="target">[channels, height, width] of the placement's network; every element is written.</param>
    /// <exception cref="ArgumentException">The picture or the target has another size than the placement.</exception>
    public void Write(Picture picture, PicturePlacement placement, Span<float> target)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(placement);
        if (picture.Size != placement.Picture || target.Length != Channels * placement.Network.Pixels)
        {
            throw new ArgumentException(
                $"A picture of {picture.Size} and {target.Length} elements were given; the placement is for {placement.Picture} and {Channels * placement.Network.Pixels}.");
        }

        (int width, int height) = placement.Network;
        int plane = width * height;
        if (placement.Scaled != placement.Network)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                target.Slice(channel * plane, plane).Fill(_values[channel][Math.Clamp(_preprocessing.Padding, 0, 255)]);
            }
        }

        byte[] row = new byte[placement.Scaled.Width * Picture.Channels];
        ScaledRows rows = ScaledRows.Of(picture, placement.Scaled, _preprocessing.Interpolation);
        for (int y = 0; y < placement.Scaled.Height; y++)
        {
            rows.Write(y, row);
            WriteRow(row, target[(((placement.Top + y) * width) + placement.Left)..], plane);
        }
    }

    /// <summary>Writes a row of pixels into the planes, the first of which begins at its first pixel.</summary>
    private void WriteRow(ReadOnlySpan<byte> row, Span<float> target, int plane)
    {
        int width = row.Length / Picture.Channels;
        if (Channels == 1)
        {
            ReadOnlySpan<float> values = _values[0];
            for (int x = 0; x < width; x++)
            {
                target[x] = values[Luma(row.Slice(x * Picture.Channels, Picture.Channels))];
            }

            return;
        }

        bool isBlueFirst = _preprocessing.Order == ChannelOrder.Bgr;
        for (int channel = 0; channel < Channels; channel++)
        {
            ReadOnlySpan<float> values = _values[channel];
            ReadOnlySpan<byte> from = row[(isBlueFirst ? Channels - 1 - channel : channel)..];
            Span<float> to = target.Slice(channel * plane, width);
            for (int x = 0, at = 0; x < to.Length; x++, at += Picture.Channels)
            {
                to[x] = values[from[at]];
            }
        }
    }

    /// <summary>ITU-R BT.601 in parts of 32768, as OpenCV rounds it.</summary>
    private static int Luma(ReadOnlySpan<byte> pixel) => ((pixel[0] * 9798) + (pixel[1] * 19235) + (pixel[2] * 3735) + (1 << 14)) >> 15;

    private double Of(ImmutableArray<double> values, int channel, double otherwise) =>
        values.IsDefaultOrEmpty ? otherwise
        : values.Length == Channels ? values[channel]
        : throw new NetworkException($"The preprocessing has {values.Length} means or deviations for {Channels} channels; it needs as many.");
}
