using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet;

/// <summary>The .cfg file, which describes the network, and the .weights file beside it.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class DarknetFormat(DarknetOptions options) : IModelFormat
{
    /// <inheritdoc />
    public Network Read(ModelSource source, CancellationToken cancellationToken)
    {
        ThrowIfBigEndian();
        try
        {
            CfgDocument document = CfgParser.Parse(CfgFile.ReadText(source.ModelPath), source.Warn);
            var builder = new NetworkBuilder(document, options, source.Warn);
            builder.ReadSections();

            return builder.Build(Path.GetFileNameWithoutExtension(source.ModelPath), ReadWeights(source, builder.Weights, cancellationToken));
        }
        catch (CfgException error)
        {
            throw new InputException(source.ModelPath, error.Line, error.Message);
        }
        catch (NetworkException error)
        {
            throw new InputException(source.ModelPath, error.Node?.Origin.Line, error.Message);
        }
    }

    /// <inheritdoc />
    public ImmutableArray<string> FindObstacles(Network network) => Plan(network).Obstacles;

    /// <inheritdoc />
    public void Write(Network network, IModelSink sink, CancellationToken cancellationToken)
    {
        ThrowIfBigEndian();
        Planner plan = Plan(network);
        if (!plan.Obstacles.IsEmpty)
        {
            throw new InvalidOperationException($"The network cannot be written in Darknet's format: {string.Join(' ', plan.Obstacles)}");
        }

        string text = CfgWriter.Write(plan);
        using (Stream stream = sink.Create(".cfg"))
        {
            CfgFile.WriteText(stream, text);
        }

        using Stream weights = sink.Create(".weights");
        WeightsWriter.Write(weights, network, plan.Sections, options.BnEps, cancellationToken);
    }

    private static WeightsHeader ReadWeights(ModelSource source, WeightsLayout layout, CancellationToken cancellationToken)
    {
        if (!source.IsUntrained)
        {
            return WeightsReader.Read(WeightsFile.Locate(source), layout, source.Threads, cancellationToken);
        }

        foreach (WeightsSlot slot in layout.Slots.Concat(layout.Missing))
        {
            FirstNumbers.Fill(slot);
        }

        return WeightsHeader.Current;
    }

    private static Planner Plan(Network network)
    {
        var planner = new Planner(network);
        planner.Run();
        return planner;
    }

    private static void ThrowIfBigEndian()
    {
        // Tensors are the file's bytes as they are; swapping them is not worth its code for machines that nobody has.
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Darknet's .weights files are little endian; this machine is not.");
        }
    }
}
