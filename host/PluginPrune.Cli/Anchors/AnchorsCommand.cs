using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Conversion;
using PluginPrune.Core.Data;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Anchors;

/// <summary>`host anchors`: anchors that fit the objects of a dataset.</summary>
internal sealed class AnchorsCommand : Command, IDescribedCommand
{
    public const string CommandName = "anchors";

    public const string Summary = "Finds anchors that fit the objects of a dataset, and writes them into the network";

    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly DataArguments _data;
    private readonly ModelArguments _model = new();
    private readonly AdjustmentArguments _adjustment = new();
    private readonly Option<int> _count = new("--anchors") { Description = "How many anchors to find [default: as many as the network has]", HelpName = "N" };
    private readonly Option<int> _seed = OptionKinds.Integer("--seed", "Seed of everything random", 0, int.MinValue);
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Write the network's description with the new anchors into this folder, or file [default: write nothing]",
        HelpName = "DIR|FILE",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace files that exist" };

    public AnchorsCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        _data = new DataArguments(plugins, DatasetSource.Training);
        foreach (Option option in (Option[])[.. _data.All, _model.Model, _adjustment.Size, _adjustment.Resize, _count, _seed, _out, _force, _contributions.Set])
        {
            Add(option);
        }

        _count.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1))
            {
                result.AddError($"--anchors takes a whole number of at least 1, not '{token.Value}'.");
            }
        });
        PathOptions.RefuseEmpty(_out);
        _data.FindFormat(args, _contributions);
        _model.FindFormat(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [("Datasets", _contributions.Known(ContributionKind.Dataset))];

    public string Example => "host anchors --data my.data --model yolov3-tiny.cfg --out mine.cfg";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        _contributions.Apply(result);
        if (!_data.IsGiven(result))
        {
            throw new UsageException($"Say which objects the anchors are for: {_data.Data.Name} {_data.Data.HelpName}.");
        }

        ModelSource source = _model.SourceIn(result, _terminal.Warn) with { IsUntrained = true };
        IModelFormat format = _model.CreateFormat(result, source);
        Network network = _adjustment.In(result).Apply(format.Read(source, cancellationToken), source.ModelPath, _terminal.Warn);
        var heads = AnchoredHeads.Of(network, source.ModelPath);
        int count = result.GetResult(_count) is null ? heads.Current.Length : result.GetValue(_count);
        if (result.GetValue(_out) is not null && count != heads.Current.Length)
        {
            throw new UsageException($"--anchors {count} cannot be written: the heads of {source.ModelPath} pick {heads.Current.Length} anchors, and other numbers need other filters before them. Leave out --out, or --anchors.");
        }

        RefuseBareDescription(result, source);

        // Before any work is done: a name that is taken is told at once.
        (string Folder, string Stem)? place = PlaceIn(result, source);
        using var made = new MadeFolders(place?.Folder);
        using OutputFolder? folder = place is { } output ? new OutputFolder(output.Folder, output.Stem, result.GetValue(_force)) : null;
        folder?.Reserve(place!.Value.Stem + _model.Format!.Contribution.Extensions[0]);

        LoadedDataset dataset = _data.Load(result, _terminal, cancellationToken)!;
        ImmutableArray<BoxSize> boxes = BoxSizes.Of(dataset, network.Inputs[0], cancellationToken);
        AnchorProposal proposal = Propose(boxes, heads, count, result.GetValue(_seed), dataset, cancellationToken);
        string? written = folder is null ? null : Write(folder, proposal.IsBetter ? heads.With(proposal.Found) : network, format, cancellationToken);
        if (result.GetValue(_common.Json))
        {
            AnchorsJson.Write(proposal, network, dataset, written, _terminal.ResultStream);
        }
        else
        {
            new AnchorsText(_terminal.Results).Write(proposal, network, dataset, written);
        }

        return ExitCodes.Done;
    }

    // What describes a .cfg's network is the .cfg; a checkpoint would be written with weights that are none.
    private void RefuseBareDescription(ParseResult result, ModelSource source)
    {
        if (result.GetValue(_out) is not null && source.ModelPath.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{_out.Name} writes anchors into a checkpoint, and {source.ModelPath} alone has no weights. Leave {_out.Name} and write what is found into the .yaml, or give a checkpoint.");
        }
    }

    private static AnchorProposal Propose(
        ImmutableArray<BoxSize> boxes, AnchoredHeads heads, int count, int seed, LoadedDataset dataset, CancellationToken cancellationToken)
    {
        try
        {
            return AnchorProposal.Make(boxes, heads.Current, count, seed, heads.Measure, cancellationToken);
        }
        catch (ArgumentException fewer)
        {
            throw new InputException(dataset.Request.Choice.Name, null, $"anchors cannot be found for the split '{dataset.Split}'. {fewer.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    private (string Folder, string Stem)? PlaceIn(ParseResult result, ModelSource source)
    {
        if (result.GetValue(_out) is not { } output)
        {
            return null;
        }

        bool isFile = !Directory.Exists(output) && _model.Format!.Contribution.Extensions.Contains(Path.GetExtension(output), StringComparer.OrdinalIgnoreCase);
        return isFile
            ? (Path.GetDirectoryName(Path.GetFullPath(output))!, Path.GetFileNameWithoutExtension(output))
            : (output, Path.GetFileNameWithoutExtension(source.ModelPath));
    }

    private string Write(OutputFolder folder, Network network, IModelFormat format, CancellationToken cancellationToken)
    {
        ContributionInfo writer = _model.Format!.Contribution;
        if (format.FindObstacles(network) is { IsEmpty: false } obstacles)
        {
            throw new ConversionException(network.Name, writer.Name, obstacles);
        }

        format.Write(network, new DescriptionSink(folder, writer.Extensions), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        string name = folder.Names.First();
        folder.Commit();
        return Path.Combine(folder.FullPath, name);
    }
}
