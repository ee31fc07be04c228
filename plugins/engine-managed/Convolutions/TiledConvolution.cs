using System.Buffers;
using System.Numerics;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>
/// Convolution as a product of the weights [out, depth] and the windows [depth, places], of which only a block small enough
/// for the cache is ever laid out (the blocking of Goto and van de Geijn 2008, section 4).
/// </summary>
internal sealed class TiledConvolution<T> : ConvolutionAlgorithm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A block of the depth of one panel should stay in the first-level cache while the rows pass by. The blocks decide where
    // partial sums are rounded, so they depend on nothing but the layer.
    private const int BlockDepth = 256;

    // So many panels share one pass over the weights.
    private const int BlockPanels = 8;

    // So many tiles of weights, at a block's depth, stay in the second-level cache while the panels pass by.
    private const int BlockTiles = 32;

    // Rows are split among threads only as far as laying out the windows again for each part stays cheap.
    private const int LeastTiles = 8;

    private readonly ConvolutionGeometry _geometry;
    private readonly PackedWeights<T> _weights;
    private readonly TileKernel<T> _kernel;
    private readonly ColumnPacker<T> _packer;
    private readonly int _blockChannels;
    private readonly int _panels;

    public TiledConvolution(ConvolutionGeometry geometry, TileKernel<T> kernel)
    {
        _geometry = geometry;
        _kernel = kernel;
        _weights = new PackedWeights<T>(geometry, kernel.Rows);
        _packer = new ColumnPacker<T>(geometry, kernel.Columns);
        _blockChannels = Math.Clamp(BlockDepth / geometry.Taps, 1, geometry.GroupInputs);
        _panels = (geometry.OutputPlane + kernel.Columns - 1) / kernel.Columns;
    }

    public override void Run(KernelArguments<T> arguments, Epilogue<T> epilogue)
    {
        // About two pieces for each thread even out their ends.
        int planes = arguments.Pictures * _geometry.Groups;
        int columnParts = (_panels + BlockPanels - 1) / BlockPanels;
        int rowParts = arguments.Workers.Threads == 1
            ? 1
            : Math.Clamp(2 * arguments.Workers.Threads / (planes * columnParts), 1, Math.Max(1, _weights.TilesPerGroup / LeastTiles));
        arguments.Workers.For(planes * columnParts * rowParts, i =>
        {
            (int rest, int rowPart) = Math.DivRem(i, rowParts);
            (int plane, int columnPart) = Math.DivRem(rest, columnParts);
            int firstTile = (int)((long)_weights.TilesPerGroup * rowPart / rowParts);
            int endTile = (int)((long)_weights.TilesPerGroup * (rowPart + 1) / rowParts);
            int firstPanel = (int)((long)_panels * columnPart / columnParts);
            int endPanel = (int)((long)_panels * (columnPart + 1) / columnParts);
            RunBlock(arguments, epilogue, plane, firstTile, endTile, firstPanel, endPanel - firstPanel);
        });
    }

    private unsafe void RunBlock(
        KernelArguments<T> arguments, Epilogue<T> epilogue, int plane, int firstTile, int endTile, int firstPanel, int panels)
    {
        (int picture, int group) = Math.DivRem(plane, _geometry.Groups);
        int taps = _geometry.Taps;
        int panelLength = _blockChannels * taps * _kernel.Columns;

        // A cache line more than needed: columns that straddle lines cost twice the loads.
        int slack = 64 / sizeof(T);
        T[] packed = ArrayPool<T>.Shared.Rent((panels * panelLength) + slack);
        CopyRun[] runs = ArrayPool<CopyRun>.Shared.Rent(panels * taps * _packer.RunsPerTap);
        int[] starts = ArrayPool<int>.Shared.Rent((panels * taps) + 1);
        _packer.FindRuns(firstPanel, panels, runs, starts);

        int inputChannel = (picture * _geometry.InputChannels) + (group * _geometry.GroupInputs);
        int outputChannel = (picture * _geometry.OutputChannels) + (group * _geometry.GroupOutputs);
        fixed (T* input = arguments.Input, output = arguments.Output, weights = _weights.Elements, unaligned = packed)
        {
            var columns = (T*)(((nuint)unaligned + 63) & ~(nuint)63);
            var block = new TileBlock<T>(_geometry, _kernel, epilogue, group, output + ((nint)outputChannel * _geometry.OutputPlane));
            for (int first = 0; first < _geometry.GroupInputs; first += _blockChannels)
            {
                int channels = Math.Min(_blockChannels, _geometry.GroupInputs - first);
                T* channelInput = input + ((nint)(inputChannel + first) * _geometry.InputPlane);
                for (int panel = 0; panel < panels; panel++)
                {
                    _packer.Pack(
                        channelInput, channels, runs, starts.AsSpan(panel * taps, taps + 1), columns + ((nint)panel * panelLength));
                }

                block.IsFirst = first == 0;
                block.IsLast = first + channels == _geometry.GroupInputs;
                for (int tiles = firstTile; tiles < endTile; tiles += BlockTiles)
                {
                    for (int panel = 0; panel < panels; panel++)
                    {
                        for (int tile = tiles; tile < Math.Min(tiles + BlockTiles, endTile); tile++)
                        {
                            T* left = weights + _weights.Offset(group, tile, first * taps);
                            block.Multiply(channels * taps, left, columns + ((nint)panel * panelLength), tile, firstPanel + panel);
                        }
                    }
                }
            }
        }

        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<CopyRun>.Shared.Return(runs);
        ArrayPool<T>.Shared.Return(packed);
    }
}
