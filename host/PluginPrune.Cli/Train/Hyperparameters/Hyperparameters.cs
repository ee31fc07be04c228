using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>
/// What a file of YOLOv5's hyperparameters asks of a training: options of the loop, of the augmentation and of the heads that know
/// YOLOv5's name as another spelling of one of theirs. What the command line gives goes before it.
/// </summary>
internal sealed class Hyperparameters
{
    // As YOLOv5 trains from release 6.0 on, whatever its files say.
    private const string Schedule = "linear";
    private const string LeastWarmUp = "100";
    private const string GrowsSteps = "true";

    // YOLOv5's own training does not look at it.
    private const string Unused = "iou_t";

    private static readonly ImmutableArray<string> AugmentationNames =
        ["hsv_h", "hsv_s", "hsv_v", "degrees", "translate", "scale", "shear", "flipud", "fliplr", "mosaic", "mixup"];

    private readonly string _path;
    private readonly Dictionary<string, OptionResult> _loop = new(StringComparer.Ordinal);
    private readonly List<(Hyperparameter Parameter, ContributionInfo Head, OptionDescriptor Option)> _losses = [];
    private readonly List<string> _warnings = [];
    private readonly List<string> _augmentation = [];
    private Hyperparameter? _anchors;

    private Hyperparameters(string path) => _path = path;

    /// <summary>How pictures are varied, as --augment would say it.</summary>
    public string Augmentation => string.Join(',', _augmentation.Prepend("yolov5"));

    /// <summary>Those of the file that a command line names; null where it names none.</summary>
    /// <exception cref="InputException">It is none, or asks for what is unknown or cannot be done.</exception>
    public static Hyperparameters? In(ParseResult result, TrainOptions options, PluginHost plugins) =>
        result.GetValue(options.Hyp) is { } path ? Read(path, plugins.Contributions(ContributionKind.Head)) : null;

    private static Hyperparameters Read(string path, IEnumerable<ContributionInfo> heads)
    {
        ContributionInfo[] known = [.. heads];
        var read = new Hyperparameters(path);
        var options = new TrainOptions();
        read.Give(options.Schedule, new Hyperparameter("schedule", Schedule, 0));
        read.Give(options.WarmUpBatches, new Hyperparameter("warm-up-batches", LeastWarmUp, 0));
        read.Give(options.GrowingSteps, new Hyperparameter("growing-steps", GrowsSteps, 0));
        foreach (Hyperparameter parameter in HyperparameterFile.Read(path))
        {
            read.Take(parameter, options, known);
        }

        return read;
    }

    /// <summary>What the file says of an option of the loop; null where it says nothing.</summary>
    public OptionResult? ResultOf(Option option) => _loop.GetValueOrDefault(option.Name);

    /// <summary>Gives losses their options, where --set does not.</summary>
    public void ApplyTo(ContributionSet contributions)
    {
        foreach ((Hyperparameter parameter, ContributionInfo head, OptionDescriptor option) in _losses)
        {
            contributions.Candidate(ContributionKind.Head, head.FullName)?.SetUnlessGiven(option.Name, parameter.Value);
        }
    }

    /// <summary>Tells what of it counts for nothing in a network.</summary>
    /// <exception cref="InputException">It asks for another number of anchors.</exception>
    public void Warn(Network network, Func<string, IHead> findHead, Terminal terminal)
    {
        Head head = network.Heads[0];
        int count = findHead(head.Kind).Describe(head, network.ShapeOf(head.Input)).Anchors;
        if (_anchors is { } anchors && (int)Math.Round(anchors.Number) != count)
        {
            throw Fault(anchors, string.Create(CultureInfo.InvariantCulture, $"'anchors' asks for {anchors.Value} anchors a level; the network has {count}, and others need another description of it."));
        }

        _warnings.ForEach(terminal.Warn);
        string[] kinds = [.. network.Heads.Select(static head => head.Kind).Distinct(StringComparer.Ordinal)];
        if (_losses.Count > 0 && !_losses.Exists(loss => kinds.Contains(loss.Head.Name)))
        {
            terminal.Warn($"{_path}: {string.Join(", ", _losses.Select(static loss => loss.Parameter.Name).Distinct(StringComparer.Ordinal))} are of another loss than that of this network's heads ({string.Join(", ", kinds)}), and count for nothing.");
        }
    }

    private void Take(Hyperparameter parameter, TrainOptions options, ContributionInfo[] heads)
    {
        if (Loop(options).FirstOrDefault(pair => pair.Name == parameter.Name).Option is { } option)
        {
            Give(option, parameter);
        }
        else if (FindAugmentation(parameter.Name) is { } setting)
        {
            Check(parameter, setting.FindFault(parameter.Value, parameter.Name));
            _augmentation.Add($"{setting.Name}={parameter.Value}");
        }
        else if (!TakeSpecial(parameter) && !TakeLoss(parameter, heads))
        {
            ImmutableArray<string> near = NearestNames.Of(parameter.Name, Names(options, heads));
            throw Fault(parameter, $"there is no hyperparameter '{parameter.Name}'. {(near.IsEmpty ? $"There are {string.Join(", ", Names(options, heads))}." : $"Did you mean {string.Join(" or ", near)}?")}");
        }
    }

    /// <summary>What is not done here, and is said where it would change anything.</summary>
    private bool TakeSpecial(Hyperparameter parameter)
    {
        switch (parameter.Name)
        {
            case Unused:
                return true;
            case "anchors":
                _anchors = parameter.Number == 0 ? null : parameter;
                return true;
            case "perspective":
                Check(parameter, parameter.Number == 0 ? null : $"perspective {parameter.Value} cannot be had: pictures are turned, moved, scaled and sheared here. Set it to 0.");
                return true;
            case "copy_paste":
                Check(parameter, parameter.Number is >= 0 and <= 1 ? null : $"copy_paste takes a number from 0 to 1, not '{parameter.Value}'.");
                if (parameter.Number > 0)
                {
                    _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{_path}, line {parameter.Line}: copy_paste {parameter.Value} pastes objects along their outlines, which are not read here (polygons count as their boxes): nothing is pasted."));
                }

                return true;
            default:
                return false;
        }
    }

    private bool TakeLoss(Hyperparameter parameter, ContributionInfo[] heads)
    {
        bool isKnown = false;
        foreach (ContributionInfo head in heads)
        {
            if (head.Options.FirstOrDefault(option => option.Aliases.Contains(parameter.Name, StringComparer.Ordinal)) is { } option)
            {
                Check(parameter, option.FindFault(parameter.Value, parameter.Name));
                _losses.Add((parameter, head, option));
                isKnown = true;
            }
        }

        return isKnown;
    }

    private void Give(Option option, Hyperparameter parameter)
    {
        ParseResult parsed = new Command("hyp") { option }.Parse([$"{option.Name}={parameter.Value}"]);
        Check(parameter, parsed.Errors.Select(error => error.Message.Replace(option.Name, parameter.Name, StringComparison.Ordinal)).FirstOrDefault());
        _loop[option.Name] = parsed.GetResult(option)!;
    }

    private static (string Name, Option Option)[] Loop(TrainOptions options) =>
    [
        ("lr0", options.LearningRate), ("lrf", options.FinalShare), ("momentum", options.Momentum), ("weight_decay", options.WeightDecay),
        ("warmup_epochs", options.WarmUp), ("warmup_momentum", options.WarmUpMomentum), ("warmup_bias_lr", options.WarmUpBias),
    ];

    // Under YOLOv5's names; others of the augmentation are not in its files.
    private static OptionDescriptor? FindAugmentation(string name) => AugmentationNames.Contains(name, StringComparer.Ordinal)
        ? OptionDescriptor.Of(typeof(AugmentationSettings)).First(option => option.Name == name || option.Aliases.Contains(name, StringComparer.Ordinal))
        : null;

    private static IEnumerable<string> Names(TrainOptions options, ContributionInfo[] heads) =>
    [
        .. Loop(options).Select(static pair => pair.Name), .. AugmentationNames, "perspective", "copy_paste", "anchors", Unused,
        .. heads.SelectMany(static head => head.Options).SelectMany(static option => option.Aliases).Distinct(StringComparer.Ordinal),
    ];

    private void Check(Hyperparameter parameter, string? fault)
    {
        if (fault is not null)
        {
            throw Fault(parameter, fault);
        }
    }

    private InputException Fault(Hyperparameter parameter, string fault) => new(_path, parameter.Line, fault);
}
