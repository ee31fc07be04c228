using System.Text.RegularExpressions;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>What every built-in contribution owes its users, read from the manifests that ship.</summary>
public sealed class ManifestConventionTests : IDisposable
{
    private const string KebabCase = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

    private static readonly PluginCatalog Catalog = PluginCatalog.Discover(
        new PluginRoots([new PluginRoot(Path.Combine(HostInstallation.Folder, "plugins"), PluginRootKind.Bundled)], []));

    private readonly Workplace _work = new();

    public static TheoryData<string> Contributions => new(All.Select(NameOf));

    // Losses of heads and schedulers belong to training, evaluators are named by themselves: no command's help shows their options in this way.
    public static TheoryData<string> ContributionsOfCommands => new(
        All.Where(static info => info.Kind is not (ContributionKind.Evaluator or ContributionKind.Head or ContributionKind.Scheduler)).Select(NameOf));

    private static IEnumerable<ContributionInfo> All => Catalog.Usable.SelectMany(static plugin => plugin.Manifest!.Contributions);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_plugin_can_be_used_and_says_what_it_is_for()
    {
        Catalog.Plugins.Should().HaveCountGreaterThanOrEqualTo(4).And.OnlyContain(static plugin => plugin.State == PluginState.Ok && plugin.Diagnostics.IsEmpty);
        Catalog.Usable.Should().OnlyContain(static plugin => plugin.Id!.StartsWith("pluginprune.", StringComparison.Ordinal) && plugin.Manifest!.Contributions.Any());
        Catalog.Usable.Select(static plugin => plugin.Manifest?.Description).Should().OnlyContain(static text => IsPhrase(text));
    }

    [Theory]
    [MemberData(nameof(Contributions))]
    public void It_is_named_and_described_as_agreed(string contribution)
    {
        ContributionInfo info = Find(contribution);

        info.Name.Should().MatchRegex(KebabCase);
        IsPhrase(info.Summary).Should().BeTrue("'{0}' should be a phrase with a capital and without a full stop", info.Summary);
        foreach (OptionDescriptor option in info.Options)
        {
            option.Name.Should().MatchRegex(KebabCase);
            IsPhrase(option.Description).Should().BeTrue("'{0}' of --{1} should be a phrase", option.Description, option.Name);
            (option.Default is null || option.FindFault(option.Default) is null).Should().BeTrue("the default of --{0} must be allowed", option.Name);
        }

        info.Options.SelectMany(static option => option.Aliases.Append(option.Name)).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(ContributionsOfCommands))]
    public void The_help_shows_every_option_of_it(string contribution)
    {
        ContributionInfo info = Find(contribution);
        string[] command = info.Kind switch
        {
            ContributionKind.Criterion => ["prune", "--criterion", info.FullName],
            ContributionKind.BlockCriterion => ["prune", "--block-criterion", info.FullName],
            ContributionKind.Engine => ["prune", "--engine", info.FullName],
            ContributionKind.Format => ["convert", "--to", info.FullName],
            ContributionKind.Dataset => ["data", "check", "--data-format", info.FullName],
            ContributionKind.Scheduler => ["train", "--scheduler", info.FullName],
            ContributionKind.Head => ["train"],
            _ => ["prune"],
        };

        string help = _work.Run([.. command, "--help"]).ShouldSucceed().Output;

        string words = string.Join(' ', help.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (OptionDescriptor descriptor in info.Options)
        {
            // Heads are named by networks, not by command lines: --set gives their options.
            words.Should().MatchRegex(info.Kind == ContributionKind.Head
                ? $@" {Regex.Escape(info.Name)}\.{Regex.Escape(descriptor.Name)} {Regex.Escape(descriptor.Description)}"
                : $@" --{Regex.Escape(descriptor.Name)} \S+ {Regex.Escape(descriptor.Description)}");
            descriptor.Aliases.Where(alias => !words.Contains("--" + alias, StringComparison.Ordinal)).Should().BeEmpty();
        }

        if (info.Kind is ContributionKind.Criterion or ContributionKind.BlockCriterion)
        {
            words.Should().Contain($" {info.Name} {info.Summary}");
        }
    }

    private static string NameOf(ContributionInfo info) => $"{info.Kind} {info.FullName}";

    private static ContributionInfo Find(string contribution) => All.Single(info => NameOf(info) == contribution);

    private static bool IsPhrase(string? text) => text is { Length: > 5 } && !char.IsLower(text[0]) && !text.EndsWith('.') && text.Trim() == text;
}
