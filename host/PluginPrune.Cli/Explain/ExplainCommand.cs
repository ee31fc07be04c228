using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Inspect;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Explain;

/// <summary>`host explain LAYER`: what the channels of one layer are tied to, along which path, and what holds them.</summary>
internal sealed class ExplainCommand : Command, IDescribedCommand
{
    public const string CommandName = "explain";

    public const string Summary = "Explains one layer: what ties and locks its channels, and what a plan does to them";

    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly ModelArguments _model = new();
    private readonly ChoiceArguments _choice;
    private readonly PictureArgument _picture = new("Draw what the criterion has to show of the layer into this file");

    // Not demanded by the parser: its words for a missing argument do not say what is wanted.
    private readonly Argument<string?> _layer = new("LAYER")
    {
        Description = "A layer, for Darknet its index such as 12, or a node such as 12.conv",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ExplainCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _common = common;
        _terminal = terminal;
        Add(_layer);
        Add(_model.Model);
        Add(_model.Weights);
        Add(_picture.Svg);
        Add(_picture.Force);
        _contributions = new ContributionSet(plugins, this);
        _choice = new ChoiceArguments(this, args, plugins, _contributions);
        _model.FindFormat(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => _choice.Lists;

    public string Example => "host explain 12 --model yolov3.cfg --weights yolov3.weights --plan small/plan.json";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(_layer) is not { Length: > 0 } name)
        {
            throw new UsageException("'host explain' needs a layer, for instance 'host explain 12'; 'host inspect' lists them.");
        }

        _contributions.Apply(result);
        string? picture = _picture.PathIn(result);
        Network network = _model.Read(result, _terminal, cancellationToken);
        ExplainedChoice? choice = _choice.Of(result, network, cancellationToken);
        network = choice?.Plan.Network ?? network;
        NetworkInspection inspection = NetworkInspector.Inspect(network, choice?.Plan, choice?.Kept, cancellationToken);
        var lookup = new LayerLookup(inspection);
        if (lookup.Find(name) is not { } found)
        {
            if (File.Exists(name))
            {
                throw new UsageException($"'host explain' takes a layer, and '{name}' is a file. Did you mean 'host explain 12 --model {name}'?");
            }

            ImmutableArray<string> near = lookup.Nearest(name);
            throw new UsageException(
                $"{network.Name} has no layer '{name}'. {(near.IsEmpty ? $"It has {inspection.Layers[0].Layer} to {inspection.Layers[^1].Layer}; 'host inspect' lists them." : $"Did you mean {string.Join(" or ", near)}?")}");
        }

        LayerExplanation explanation = new LayerExplainer(inspection) { Notes = choice?.Notes ?? [] }.Explain(found.Layer, found.Value);
        if (picture is not null)
        {
            Draw(result, explanation, network);
        }

        if (result.GetValue(_common.Json))
        {
            ExplanationJson.Write(explanation, _terminal.ResultStream);
        }
        else
        {
            new ExplainText(_terminal.Results).Write(explanation, inspection, choice?.Made);
            if (picture is not null)
            {
                _terminal.Results.WriteLine($"Drawn to {picture}");
            }
        }

        return ExitCodes.Done;
    }

    private static string WhyNothing(LayerExplanation explanation) => explanation switch
    {
        { Plan: null } => "name a criterion that shows how it chooses with --criterion, for instance subspace",
        { Notes: [{ Text: var said }, ..] } => $"the criterion showed nothing of it and said '{said}'",
        _ => "the criterion showed nothing of it",
    };

    /// <summary>Curves with the axes of the first: one picture has one pair of axes.</summary>
    private void Draw(ParseResult result, LayerExplanation explanation, Network network)
    {
        Curve[] curves = [.. explanation.Notes.SelectMany(static note => note.Curves)];
        if (curves is not [var first, ..])
        {
            throw new UsageException($"There is nothing to draw of layer {explanation.Layer.Layer}: {WhyNothing(explanation)}.");
        }

        _picture.Draw(result, stream => CurvePicture.Write(
            [.. curves.Where(curve => curve.XName == first.XName && curve.YName == first.YName)], $"{network.Name}, layer {explanation.Layer.Layer}", fits: true, stream));
    }
}
