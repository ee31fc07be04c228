using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>--teacher and what belongs to it: another network that is learned from.</summary>
internal sealed class TeacherArguments
{
    private const string Automatic = "auto";

    private ContributionSet? _contributions;

    public TeacherArguments()
    {
        PathOptions.RefuseEmpty(Teacher);
        OptionKinds.Check(Distil, text => SettingsOf(text));
        OptionKinds.Check(Features, text => FeaturesOf(text));
    }

    public Option<string?> Teacher { get; } = new("--teacher")
    {
        Description = "Learn from this network too: a model, with its weights behind a comma where they are not beside it, or a training's folder",
        HelpName = "FILE[,WEIGHTS]|DIR",
    };

    public Option<string?> Engine { get; } = new("--teacher-engine") { Description = "Runs the teacher, as --engine has it [default: the engine that trains, where it can]", HelpName = "NAME" };

    public Option<string?> Distil { get; } = new("--distil")
    {
        Description = "What labels and the teacher's logits, boxes and features count, and the temperature of the logits [default: 1 each]",
        HelpName = "NAME=X,...",
    };

    public Option<string> Features { get; } = new("--distil-features")
    {
        Description = "Inner layers that learn from the teacher's; auto: what feeds the heads [default: auto]",
        HelpName = "auto|LAYER[=LAYER],...",
        DefaultValueFactory = static _ => Automatic,
    };

    public IEnumerable<Option> All => [Teacher, Engine, Distil, Features];

    /// <summary>Finds who reads the teacher that a command line names, and who runs it; the format brings its options.</summary>
    /// <exception cref="PluginException">Nobody contributes the engine that is named.</exception>
    public void FindFormat(string[] args, ContributionSet contributions)
    {
        _contributions = contributions;
        if (ArgumentScan.ValueOf(args, Teacher.Name) is { } named && PathsOf(named).Model is { } model)
        {
            contributions.FormatOf(model);
        }

        if (ArgumentScan.ValueOf(args, Engine.Name) is { } engine and not EngineArguments.Auto)
        {
            contributions.NamedCandidate(ContributionKind.Engine, engine);
        }
    }

    /// <summary>Reads the teacher, or gives null where none is named.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="student">The network that learns.</param>
    /// <param name="engine">Trains it.</param>
    /// <param name="engines">Other engines.</param>
    /// <param name="terminal">Takes warnings.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="UsageException">The options contradict each other, or a file is not there.</exception>
    /// <exception cref="DistillationException">The teacher does not take the student's pictures.</exception>
    public Teacher? Read(ParseResult result, Network student, ITrainingEngine engine, EngineArguments engines, Terminal terminal, CancellationToken cancellationToken)
    {
        if (result.GetValue(Teacher) is not { } named)
        {
            return null;
        }

        if (SettingsOf(result.GetValue(Distil)).Features == 0 && FeaturesOf(result.GetValue(Features)!) is not null)
        {
            throw new UsageException($"{Features.Name} names inner layers that learn, and {Distil.Name} features=0 says that none does. Leave one.");
        }

        Network network = Read(result, named, terminal, cancellationToken);
        if (!network.ClassNames.IsEmpty && !student.ClassNames.IsEmpty && !network.ClassNames.SequenceEqual(student.ClassNames, StringComparer.OrdinalIgnoreCase))
        {
            terminal.Warn($"The teacher knows {string.Join(", ", network.ClassNames.Take(5))}, the student {string.Join(", ", student.ClassNames.Take(5))}: classes are learned by their place, not by their name.");
        }

        NetworkInput input = student.Inputs[0];
        if (result.GetValue(Engine) is { } other)
        {
            return engines.ChoiceOf(other, result).Run(chosen => new Teacher(network, chosen.Engine, input), terminal.Note);
        }

        try
        {
            return new Teacher(network, engine, input);
        }
        catch (NotSupportedException reason)
        {
            terminal.Note($"The engine that trains does not run the teacher: {reason.Message}");
            return engines.ChoiceOf(EngineArguments.Auto, result).Run(chosen => new Teacher(network, chosen.Engine, input), terminal.Note);
        }
    }

    /// <summary>What is made smaller: the loss of labels and that to the teacher, or that of labels alone.</summary>
    /// <exception cref="OptionException">A setting is unknown or not allowed.</exception>
    /// <exception cref="DistillationException">Teacher and student do not go together.</exception>
    public IBatchLoss LossOf(ParseResult result, Network student, Teacher? teacher, Func<string, IHead> findHead, Terminal terminal)
    {
        if (teacher is null)
        {
            return TrainingHeads.Of(student, findHead);
        }

        DistillationLoss loss = DistillationLoss.Of(student, teacher, SettingsOf(result.GetValue(Distil)), FeaturesOf(result.GetValue(Features)!), findHead);
        terminal.Note($"Learning from '{teacher.Network.Name}' ({result.GetValue(Teacher)}): {loss.Summary}.");
        return loss;
    }

    private DistillationSettings SettingsOf(string? text) => DistillationSettings.Of(text is not null
        ? OptionPairs.Parse(text, Distil.Name, "logits=1,boxes=0.5,temperature=2")
        : new Dictionary<string, string>(StringComparer.Ordinal));

    // One name alone is the layer of both.
    private (string Student, string Teacher)[]? FeaturesOf(string text)
    {
        if (text == Automatic)
        {
            return null;
        }

        return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(pair => pair.Split('=', StringSplitOptions.TrimEntries) switch
        {
            [{ Length: > 0 } both] => (both, both),
            [{ Length: > 0 } own, { Length: > 0 } other] => (own, other),
            _ => throw new UsageException($"{Features.Name} takes {Automatic}, or layers such as 12 or 12=20 with the teacher's behind, parted by commas; '{pair}' is none."),
        })];
    }

    private Network Read(ParseResult result, string named, Terminal terminal, CancellationToken cancellationToken)
    {
        (string? model, string? weights) = PathsOf(named);
        if (model is null)
        {
            throw new UsageException($"{Teacher.Name} names {Path.GetFullPath(named)}, a folder without a network, or with several. Name a file: {string.Join(", ", _contributions!.FormatExtensions)}.");
        }

        string path = InputFiles.Existing(Teacher.Name, model);
        string? given = weights is null ? null : InputFiles.Existing(Teacher.Name, weights);
        string beside = Path.ChangeExtension(path, ".weights");
        if (given is null && path.EndsWith(".cfg", StringComparison.OrdinalIgnoreCase) && !File.Exists(beside))
        {
            throw new UsageException($"The teacher has no weights: {beside} is not there. Name others behind a comma: {Teacher.Name} {named},FILE.");
        }

        ContributionOptions format = _contributions!.FormatOf(path) ?? throw new UsageException(
            $"{Teacher.Name} names {path}, which no plugin reads by its extension; it takes {string.Join(", ", _contributions.FormatExtensions)}.");
        return _contributions.Create<IModelFormat>(format, result).Read(new ModelSource(path, given, terminal.Warn), cancellationToken);
    }

    private (string? Model, string? Weights) PathsOf(string named) => TeacherFiles.Of(named, _contributions!.FormatExtensions);
}
