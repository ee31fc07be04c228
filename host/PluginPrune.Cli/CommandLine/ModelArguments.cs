using System.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Cli.CommandLine;

/// <summary>--model and --weights: the one network that a command works on.</summary>
internal sealed class ModelArguments
{
    private ContributionSet? _contributions;

    public ModelArguments() => PathOptions.RefuseEmpty(Model, Weights);

    public Option<string> Model { get; } = new("--model", "--cfg")
    {
        Description = "File that describes the network, for Darknet a .cfg [default: sample, which comes with the host, as sample-tiny does]",
        HelpName = "FILE",
        DefaultValueFactory = static _ => SampleModel.Name,
    };

    public Option<string?> Weights { get; } = new("--weights") { Description = "File with the weights [default: beside the model, same name]", HelpName = "FILE" };

    /// <summary>Reads and writes the model; null where no plugin does, and before <see cref="FindFormat"/>.</summary>
    public ContributionOptions? Format { get; private set; }

    /// <summary>Finds who reads the model that a command line names; the format brings its options.</summary>
    public void FindFormat(string[] args, ContributionSet contributions)
    {
        _contributions = contributions;
        string model = ArgumentScan.ValueOf(args, Model.Name) ?? ArgumentScan.ValueOf(args, "--cfg") ?? SampleModel.Name;
        Format = contributions.FormatOf(SampleModel.PathOf(model));
    }

    /// <summary>Whether the command line means a bundled sample.</summary>
    public bool IsSample(ParseResult result) => SampleModel.IsName(result.GetValue(Model)!);

    /// <summary>The files.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="warn">Takes what is odd about them.</param>
    /// <exception cref="UsageException">One does not exist.</exception>
    public ModelSource SourceIn(ParseResult result, Action<string> warn)
    {
        if (result.GetValue(Weights) is not null && result.GetResult(Model) is not { Implicit: false })
        {
            throw new UsageException("--weights needs --model: the bundled sample brings its own weights.");
        }

        string model = InputFiles.Existing(Model.Name, SampleModel.PathOf(result.GetValue(Model)!));
        string? weights = result.GetValue(Weights) is { } given ? InputFiles.Existing(Weights.Name, given) : null;
        return new ModelSource(model, weights, warn);
    }

    /// <summary>Makes the format; this loads its plugin.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="source">The files that it is for.</param>
    /// <exception cref="UsageException">No plugin reads such files.</exception>
    public IModelFormat CreateFormat(ParseResult result, ModelSource source) => _contributions!.Create<IModelFormat>(
        Format ?? throw new UsageException(
            $"{Model.Name} names {source.ModelPath}, which no plugin reads by its extension; it takes {string.Join(", ", _contributions.FormatExtensions)}."),
        result);

    /// <summary>Reads the network.</summary>
    public Network Read(ParseResult result, Terminal terminal, CancellationToken cancellationToken)
    {
        ModelSource source = SourceIn(result, terminal.Warn);
        IModelFormat format = CreateFormat(result, source);
        return format.Read(source, cancellationToken);
    }
}
