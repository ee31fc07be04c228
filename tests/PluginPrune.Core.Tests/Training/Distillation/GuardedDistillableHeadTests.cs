using System.Collections.Immutable;
using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Tests.Training.Distillation;

public sealed class GuardedDistillableHeadTests
{
    private static readonly ContributionInfo Info = new("acme.bad", ContributionKind.Head, "bad", "Spoils", [], []);

    [Theory]
    [InlineData("nothing", "*'bad' of acme.bad returned no loss, or a gradient of another shape than 1 x 2 x 1 x 1, for h and its teacher.*")]
    [InlineData("shape", "*returned no loss, or a gradient of another shape*")]
    [InlineData("throw", "*The head 'bad' failed. Comparing h with its teacher*out of order*")]
    public void What_a_plugin_does_wrong_bears_its_name(string deed, string message)
    {
        IDistillableHead head = new GuardedHead(new BadHead(deed), Info).Distillable!;

        head.Invoking(static one => one.ComputeDistillation(Batch())).Should().Throw<PluginException>().WithMessage(message);
    }

    [Fact]
    public void What_is_in_its_contract_passes()
    {
        IDistillableHead head = new GuardedHead(new BadHead("misfit"), Info).Distillable!;

        head.Invoking(static one => one.ComputeDistillation(Batch())).Should().Throw<HeadException>();
        new GuardedHead(new Silent(), Info).Distillable.Should().BeNull();
    }

    private static HeadDistillation<float> Batch()
    {
        var head = new Head("h", "bad", "v", ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty, new NodeOrigin("1", "bad", null));
        var values = new Batch<float>(1, new Shape(2, 1, 1), [1, 2]);
        return new HeadDistillation<float> { Head = head, Values = values, Teacher = head, TeacherValues = values, Picture = new Shape(3, 32, 32) };
    }

    private sealed class BadHead(string deed) : IDistillableHead
    {
        public HeadLayout Describe(Head head, Shape input) => new(0, 2, []);

        public HeadLoss<T> ComputeDistillation<T>(HeadDistillation<T> distillation)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => deed switch
            {
                "nothing" => null!,
                "shape" => new HeadLoss<T>([], new Batch<T>(1, new Shape(1, 1, 1), new T[1])),
                "misfit" => throw new HeadException("misfit"),
                _ => throw new InvalidOperationException("out of order"),
            };
    }

    private sealed class Silent : IHead
    {
        public HeadLayout Describe(Head head, Shape input) => new(0, 2, []);
    }
}
