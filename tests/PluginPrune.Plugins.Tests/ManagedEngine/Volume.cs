using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <summary>A value of the naive reference, addressed by channel, row and column.</summary>
internal sealed class Volume(Shape shape, double[] elements)
{
    public Volume(Shape shape)
        : this(shape, new double[shape.Count])
    {
    }

    public Shape Shape => shape;

    public double[] Elements => elements;

    public int Channels => shape.Channels;

    public int Height => shape.Height;

    public int Width => shape.Width;

    public double this[int channel, int row, int column]
    {
        get => elements[(((channel * Height) + row) * Width) + column];
        set => elements[(((channel * Height) + row) * Width) + column] = value;
    }

    public double Repeated(int channel, int row, int column) =>
        this[Channels == 1 ? 0 : channel, Height == 1 ? 0 : row, Width == 1 ? 0 : column];

    public IEnumerable<double> Channel(int channel) => elements.Skip(channel * Height * Width).Take(Height * Width);

    public IEnumerable<double> Place(int row, int column) => Enumerable.Range(0, Channels).Select(channel => this[channel, row, column]);

    public void Fill(Func<int, int, int, double> function)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int row = 0; row < Height; row++)
            {
                for (int column = 0; column < Width; column++)
                {
                    this[channel, row, column] = function(channel, row, column);
                }
            }
        }
    }
}
