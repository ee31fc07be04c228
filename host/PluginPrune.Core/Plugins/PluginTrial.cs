using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Plugins;

/// <summary>Lets the criteria and schedulers of a plugin decide on a small network, so that a breach shows before a run meets it.</summary>
internal static class PluginTrial
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly ImmutableDictionary<string, string> NoOptions = ImmutableDictionary<string, string>.Empty;

    /// <summary>Tries all of them, each with its default options.</summary>
    /// <returns>What went wrong.</returns>
    public static ImmutableArray<PluginDiagnostic> Run(PluginHost host, PluginManifest manifest) =>
        [.. manifest.Contributions.SelectMany(contribution => Try(host, contribution)).Select(static fault => fault with { Message = "Tried on a small network: " + fault.Message })];

    private static ImmutableArray<PluginDiagnostic> Try(PluginHost host, ContributionInfo contribution)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            switch (contribution.Kind)
            {
                case ContributionKind.Criterion:
                    Decide(Create<IPruningCriterion>(host, contribution), Context(host, contribution), patience.Token);
                    break;
                case ContributionKind.BlockCriterion:
                    Score(Create<IBlockCriterion>(host, contribution), patience.Token);
                    break;
                case ContributionKind.Scheduler:
                    Plan(Create<ISparsityScheduler>(host, contribution), patience.Token);
                    break;
                default:
                    // Formats, heads and engines need files and networks of their own.
                    break;
            }

            return [];
        }
        catch (PluginException fault)
        {
            return fault.Diagnostics;
        }
        catch (OperationCanceledException)
        {
            return [PluginGuard.Breach(contribution, DiagnosticCodes.DoesNotEnd, string.Create(CultureInfo.InvariantCulture, $"did not end within {Patience.TotalSeconds} seconds"))];
        }
        catch (Exception refusal) when (refusal is InputException or OptionException or ContributionNotFoundException or MeasurementException)
        {
            // It wants what a trial does not have: an option that only a user can give, another plugin, labelled pictures.
            return [];
        }
    }

    private static TService Create<TService>(PluginHost host, ContributionInfo contribution)
        where TService : class =>
        host.Create<TService>(contribution.Kind, contribution.FullName, NoOptions).GetOrThrow();

    /// <summary>Whoever searches a rate relies on it that the rate 0 takes nothing and 1 takes the most.</summary>
    private static void Decide(IPruningCriterion criterion, PruningContext context, CancellationToken cancellationToken)
    {
        ChannelDecision decision = criterion.Decide(context, cancellationToken);
        if (decision is not { Rule: null, Rate: { } rate } || criterion is not GuardedCriterion { Contribution: var contribution })
        {
            return;
        }

        int[] kept = [.. new[] { 0, rate.Value, 1 }.Select(value => context.Groups.Sum(decision.At(value).Masks!.Kept))];
        int all = context.Groups.Sum(static group => group.Size);
        if (kept[0] < all || kept[1] < kept[2])
        {
            throw new PluginException([PluginGuard.Breach(contribution, DiagnosticCodes.RuleNotAllowed, string.Create(CultureInfo.InvariantCulture, $"keeps {kept[0]}, {kept[1]} and {kept[2]} of {all} channels at the rates 0, {rate.Value} and 1; at 0 all are to stay, and fewer the higher the rate is"))]);
        }
    }

    /// <summary>The contract of block criteria has no token: what does not end is left behind.</summary>
    private static void Score(IBlockCriterion criterion, CancellationToken cancellationToken) => AbandonableWork.Run(
        () =>
        {
            var analysis = NetworkAnalysis.Of(SmallNetwork(), PruningScope.Full);
            foreach (ResidualBlock block in analysis.Blocks)
            {
                criterion.Score(analysis.Network, block);
            }

            return true;
        },
        cancellationToken);

    /// <summary>At the first step of a training, in its midst and at the last.</summary>
    private static void Plan(ISparsityScheduler scheduler, CancellationToken cancellationToken) => AbandonableWork.Run(
        () =>
        {
            ImmutableArray<SparseLayer> layers = [new SparseLayer("a", [1, 0.5f, -0.1f, 0]), new SparseLayer("b", [1, 1, 1])];
            foreach (long step in (long[])[0, 20, 39])
            {
                scheduler.Plan(new SparsityContext(layers, 0.001) { Step = step, Steps = 40, StepsPerEpoch = 4, LearningRate = 0.01, Momentum = 0.9, Ratio = 0.5 });
            }

            return true;
        },
        cancellationToken);

    private static PruningContext Context(PluginHost host, ContributionInfo criterion)
    {
        var analysis = NetworkAnalysis.Of(SmallNetwork(), PruningScope.Full);
        return new PruningContext(analysis.Network, analysis.Groups, new CriterionServices(host) { Root = criterion });
    }

    /// <summary>Two normalized convolutions round a shortcut, another, and one without a norm.</summary>
    private static Network SmallNetwork()
    {
        var random = new Random(1);
        var nodes = new List<Node>();
        string first = Layer("0", "data", 3, 8);
        string second = Layer("1", first, 8, 8);
        string sum = Add("2", new Add(), "shortcut", second, first);
        string third = Layer("3", sum, 8, 6);
        Add("4", new Convolution(Numbers(4, 6, 1, 1), Numbers(4)), "convolutional", third);
        return new Network("small", [new NetworkInput("data", new Shape(3, 8, 8), Preprocessing.Darknet)], nodes, []);

        string Layer(string name, string input, int from, int to)
        {
            string convolution = Add(name, new Convolution(Numbers(to, from, 3, 3), null) { Padding = Padding.Same(1) }, "convolutional", input);
            string norm = Add(name, new BatchNorm(Numbers(to), Numbers(to), Numbers(to), Numbers(to)), "convolutional", convolution);
            return Add(name, new Activation(ActivationKind.LeakyRelu), "convolutional", norm);
        }

        string Add(string layer, Operation operation, string kind, params string[] inputs)
        {
            string id = $"{layer}.{operation.Name}";
            nodes.Add(new Node(id, operation, [.. inputs], new NodeOrigin(layer, kind, null)));
            return id;
        }

        Tensor Numbers(params int[] shape)
        {
            var extents = new Shape(shape);
            float[] numbers = new float[extents.Count];
            for (int i = 0; i < numbers.Length; i++)
            {
                // Variances among them: above zero.
                numbers[i] = 0.1f + random.NextSingle();
            }

            return Tensor.FromFloats(extents, numbers);
        }
    }
}
