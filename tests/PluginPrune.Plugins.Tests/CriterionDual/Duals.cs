using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.CriterionBn;
using PluginPrune.CriterionDual;
using PluginPrune.CriterionNorm;
using PluginPrune.CriterionSubspace;
using PluginPrune.CriterionUniform;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionDual;

/// <summary>Shorthand for asking two criteria at once.</summary>
internal static class Duals
{
    /// <summary>Services that find the criteria of this repository.</summary>
    /// <param name="settings">What `--set` would give: options of criteria.</param>
    public static PruningServices Services(params (string Criterion, string Option, string Value)[] settings) => ServicesWith(null, settings);

    /// <summary>The same with one criterion more, which is called 'own' and has no options.</summary>
    public static PruningServices ServicesWith(IPruningCriterion? own, params (string Criterion, string Option, string Value)[] settings)
    {
        Contribution[] all = [.. new IPlugin[] { new BatchNormPlugin(), new UniformPlugin(), new NormPlugin(), new SubspacePlugin(), new DualPlugin() }.SelectMany(PluginFactory.Contributions)];
        return new PruningServices((name, options) => IsOwn(name) ? own! : (IPruningCriterion)Find(name).Create(With(name, options), new PluginServices()))
        {
            Describe = name => IsOwn(name) ? [] : OptionDescriptor.Of(Find(name).OptionsType),
        };

        bool IsOwn(string name) => own is not null && name == "own";

        Contribution Find(string name) => all.First(contribution => contribution.Kind == ContributionKind.Criterion && contribution.Name == name);

        Dictionary<string, string> With(string name, IReadOnlyDictionary<string, string> options)
        {
            var merged = new Dictionary<string, string>(options, StringComparer.Ordinal);
            foreach ((_, string option, string value) in settings.Where(setting => setting.Criterion == name))
            {
                // As the host refuses it.
                if (!merged.TryAdd(option, value))
                {
                    throw new OptionException($"--set gives {name}.{option}, which dual gives it too.");
                }
            }

            return merged;
        }
    }

    public static IPruningCriterion Create(params (string Name, string Value)[] options) =>
        PluginFactory.Create<DualPlugin, IPruningCriterion>("dual", options);

    public static PruningContext ContextOf(Network network, PruningServices? services = null) =>
        new(network, NetworkAnalysis.Of(network, PruningScope.Full).Groups, services ?? Services());

    public static ChannelDecision Decide(PruningContext context, params (string Name, string Value)[] options) =>
        Create(options).Decide(context, CancellationToken.None);

    /// <summary>The elements of a group that go.</summary>
    public static int[] Dropped(ChannelDecision decision, ChannelGroup group) =>
        [.. Enumerable.Range(0, group.Size).Where(element => !decision.Masks![group][element])];

    /// <summary>What is said of a layer, line by line.</summary>
    public static ImmutableArray<string> NotesOf(ChannelDecision decision, string layer) =>
        [.. decision.Notes.Where(note => note.Layer.Id == layer).Select(static note => note.Text)];
}
