using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Cli.Bench;

/// <summary>The networks that are measured side by side: --model, again and again, each with its --weights behind it, and --models.</summary>
internal sealed class BenchModels
{
    private readonly List<BenchModel> _models = [];
    private ContributionSet? _contributions;

    public BenchModels() => PathOptions.RefuseEmpty(Model, Models, Weights);

    // Not demanded by the parser: without any it is the sample.
    public Argument<string[]> Files { get; } = new("MODEL...") { Description = "Networks that are measured, in any format: the first is what ratios are to", Arity = ArgumentArity.ZeroOrMore };

    public Option<string[]> Model { get; } = new("--model", "--cfg")
    {
        Description = "File that describes a network; give it once for each [default: the bundled sample]",
        HelpName = "FILE",
        DefaultValueFactory = static _ => [],
    };

    public Option<string[]> Weights { get; } = new("--weights")
    {
        Description = "File with the weights of the --model before it [default: beside the model, same name]",
        HelpName = "FILE",
        DefaultValueFactory = static _ => [],
    };

    public Option<string[]> Models { get; } = new("--models")
    {
        Description = "Several networks at once, their weights beside them",
        HelpName = "FILE...",
        DefaultValueFactory = static _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    public IEnumerable<Option> All => [Model, Weights, Models];

    /// <summary>Finds who reads the models that a command line names; the formats bring their options.</summary>
    public void FindFormats(string[] args, ContributionSet contributions)
    {
        _contributions = contributions;
        Scan(args);
        foreach (BenchModel model in _models)
        {
            contributions.FormatOf(SampleModel.PathOf(model.Model));
        }
    }

    /// <summary>Reads all networks.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="adjustment">What is changed of each.</param>
    /// <param name="terminal">Takes warnings.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="UsageException">A file does not exist, or --weights stands before any --model.</exception>
    public IReadOnlyList<BenchNetwork> Read(
        ParseResult result, NetworkAdjustment adjustment, Terminal terminal, CancellationToken cancellationToken)
    {
        if (result.GetValue(Weights)!.Length > _models.Count(static model => model.Weights is not null))
        {
            throw new UsageException("--weights belongs to the --model before it: --model a.cfg --weights a.weights --model b.cfg --weights b.weights.");
        }

        if (result.GetValue(Files)!.FirstOrDefault(file => !_models.Exists(model => model.Model == file)) is { } stray)
        {
            throw new UsageException($"'{stray}' stands behind options. Networks stand right behind 'bench', or behind {Models.Name}.");
        }

        // All are looked for before any is read: reading takes seconds.
        ModelSource[] sources = [.. _models.Select(model => new ModelSource(
            InputFiles.Existing(Model.Name, SampleModel.PathOf(model.Model)), model.Weights is null ? null : InputFiles.Existing(Weights.Name, model.Weights), terminal.Warn))];
        var networks = new List<BenchNetwork>();
        foreach (ModelSource source in sources)
        {
            ContributionOptions format = _contributions!.FormatOf(source.ModelPath) ?? throw new UsageException(
                $"{Model.Name} names {source.ModelPath}, which no plugin reads by its extension; it takes {string.Join(", ", _contributions.FormatExtensions)}.");
            IModelFormat reader = _contributions.Create<IModelFormat>(format, result);
            Network network = reader.Read(source, cancellationToken);
            Network whole = reader.Read(source with { IsWhole = true, Warn = static _ => { } }, cancellationToken);
            string name = NameOf(source, sources);
            networks.Add(new BenchNetwork(
                name,
                adjustment.Apply(network, source.ModelPath, terminal.Warn),
                whole.Nodes.Length == network.Nodes.Length ? null : WholeOf(whole, name, source.ModelPath, adjustment, terminal)));
        }

        return networks;
    }

    private static Network? WholeOf(Network whole, string name, string modelPath, NetworkAdjustment adjustment, Terminal terminal)
    {
        try
        {
            return adjustment.Apply(whole, modelPath, static _ => { });
        }
        catch (EvaluationException)
        {
            // What decodes boxes counts cells: it is made for one size.
            terminal.Note(BenchNetwork.WithoutTail(name, "it is made for the file's own size."));
            return null;
        }
    }

    /// <summary>The file's name; where several files have one name, enough of the folders above to tell them apart.</summary>
    private static string NameOf(ModelSource source, ModelSource[] all)
    {
        string path = Path.Combine(Path.GetDirectoryName(source.ModelPath)!, Path.GetFileNameWithoutExtension(source.ModelPath));
        string[] others = [.. all.Where(other => other != source).Select(static other => Path.Combine(Path.GetDirectoryName(other.ModelPath)!, Path.GetFileNameWithoutExtension(other.ModelPath)))];
        string[] parts = path.Split(Path.DirectorySeparatorChar);
        for (int count = 1; count < parts.Length; count++)
        {
            string name = string.Join('/', parts[^count..]);
            if (!others.Any(other => ('/' + other.Replace(Path.DirectorySeparatorChar, '/')).EndsWith('/' + name, StringComparison.Ordinal)))
            {
                return name;
            }
        }

        // One network twice, perhaps with two files of weights.
        return source.WeightsPath is { } weights ? Path.GetFileName(weights) : path;
    }

    /// <summary>The parser keeps no order between options; here it matters.</summary>
    private void Scan(string[] args)
    {
        int command = Array.IndexOf(args, BenchCommand.CommandName);
        _models.AddRange(args.Skip(command + 1).TakeWhile(arg => command >= 0 && !arg.StartsWith('-')).Select(static model => new BenchModel(model, null)));
        for (int i = 0; i < args.Length; i++)
        {
            (string option, string? value) = Split(args[i]);
            if (option == Models.Name)
            {
                foreach (string model in (value is null ? [] : new[] { value }).Concat(args.Skip(i + 1).TakeWhile(static arg => !arg.StartsWith('-'))))
                {
                    _models.Add(new BenchModel(model, null));
                }
            }
            else if (option == Model.Name || Model.Aliases.Contains(option))
            {
                AddIf(value ?? Next(i), model => _models.Add(new BenchModel(model, null)));
            }
            else if (option == Weights.Name && _models.Count > 0)
            {
                AddIf(value ?? Next(i), weights => _models[^1] = _models[^1] with { Weights = weights });
            }
        }

        if (_models.Count == 0)
        {
            _models.Add(new BenchModel(SampleModel.Name, null));
        }

        string? Next(int i) => i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[i + 1] : null;

        static void AddIf(string? value, Action<string> add)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                add(value);
            }
        }
    }

    private static (string Option, string? Value) Split(string arg)
    {
        int end = arg.StartsWith("--", StringComparison.Ordinal) ? arg.AsSpan().IndexOfAny('=', ':') : -1;
        return end < 0 ? (arg, null) : (arg[..end], arg[(end + 1)..]);
    }
}
