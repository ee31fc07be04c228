using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Contracts.Options;

/// <summary>
/// Beside <see cref="OptionAttribute"/> on a text: its value is the name of another contribution, which this one builds on. The
/// host then knows it before anything is loaded, says so where there is none of that name, and lets `--set` give its options.
/// </summary>
/// <param name="kind">What the other one is.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContributionNameAttribute(ContributionKind kind) : Attribute
{
    /// <summary>What the other one is.</summary>
    public ContributionKind Kind { get; } = kind;
}
