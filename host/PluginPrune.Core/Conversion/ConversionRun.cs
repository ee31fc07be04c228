using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Pruning;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Conversion;

/// <summary>Reads a network in one format and writes it in another.</summary>
public static class ConversionRun
{
    /// <summary>Does it. Nothing is left behind where it fails or is cancelled.</summary>
    /// <param name="settings">What to do.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="CropException">A level or class is not there, or nothing would be left.</exception>
    /// <exception cref="ConversionException">The format cannot say what the network does.</exception>
    /// <exception cref="InputException">A file is not what it must be.</exception>
    /// <exception cref="OutputException">The output cannot be written.</exception>
    public static ConversionReport Execute(ConversionSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using OutputFolder output = settings.NumbersOutput
            ? OutputFolder.MakeNumbered(settings.OutputPath, settings.Stem)
            : new OutputFolder(settings.OutputPath, settings.Stem, settings.Overwrites);
        output.Reserve(settings.Stem + settings.WriterExtensions[0]);

        Network network = settings.Adjustment.Apply(
            settings.Reader.Read(settings.Source, cancellationToken), settings.Source.ModelPath, settings.Source.Warn);
        CropResult? crop = settings.Crop is { } request ? CropperOf(settings).Crop(network, request, cancellationToken) : null;
        network = crop?.Network ?? network;
        if (settings.Seed is { } seed)
        {
            network = NetworkInitializer.Initialize(network, seed);
        }

        if (settings.Activation is { } swap)
        {
            settings.Source.Warn(swap.Warning(swap.Count(network)));
            network = swap.Apply(network);
        }

        if (settings.Writer.FindObstacles(network) is { IsEmpty: false } obstacles)
        {
            throw new ConversionException(network.Name, settings.WriterName, obstacles);
        }

        settings.Writer.Write(network, output, cancellationToken);
        var cropped = crop is null ? null : CropReport.Of(crop);
        if (cropped is not null)
        {
            DeploymentSidecar.WriteNames(cropped, network, output);
        }

        cancellationToken.ThrowIfCancellationRequested();
        string[] written = [.. output.Names];
        output.Commit();
        var report = new ConversionReport(
            network.Name, output.FullPath, [.. written.Select(name => new WrittenFile(name, new FileInfo(Path.Combine(output.FullPath, name)).Length))]);
        return report with { Crop = cropped };
    }

    private static NetworkCropper CropperOf(ConversionSettings settings) =>
        new(settings.FindHead ?? throw new InvalidOperationException("Heads are to be cropped, and nothing says what understands them."));
}
