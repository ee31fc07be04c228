using System.Collections.Immutable;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Core.Tests.Contracts;

public sealed class OptionDescriptorTests
{
    [Fact]
    public void Of_AClassThatDerives_PutsTheOptionsOfItsBaseFirst()
    {
        ImmutableArray<OptionDescriptor> options = OptionDescriptor.Of(typeof(Derived));

        options.Select(static option => (option.Name, option.Default)).Should().Equal(("rate", "0.25"), ("name", "base"), ("more", "3"));
    }

    // Declared before its base: the order in the file must not matter.
    private sealed class Derived() : Base(0.25)
    {
        [Option("More")]
        public int More { get; init; } = 3;
    }

    private abstract class Base(double rate)
    {
        [Option("A rate")]
        public double Rate { get; init; } = rate;

        [Option("A name")]
        public string Name { get; init; } = "base";
    }
}
