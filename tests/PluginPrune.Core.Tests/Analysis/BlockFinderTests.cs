using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Analysis;

public sealed class BlockFinderTests
{
    private readonly NetworkBuilder _net = new(2);

    [Fact]
    public void Find_BlocksOfSeveralShapes_FindsEachWithItsBranch()
    {
        string stem = _net.ConvNormAct("input", 8);
        string one = _net.Add(new Add(), stem, _net.Norm(_net.Conv(stem, 8)));
        string inverted = _net.ConvNormAct(_net.ConvNormAct(one, 16, 1), 16, 3, groups: 16);
        string two = _net.Add(new Add(), _net.Add(new Dropout(0.2), _net.Conv(inverted, 8, 1)), one);
        _net.Head(_net.Conv(two, 5, 1));

        var blocks = BlockFinder.Find(_net.Build());

        blocks.Select(block => (block.Junction.Id, block.Input, block.Branch.Length)).Should().Equal((one, stem, 2), (two, one, 8));
    }

    [Fact]
    public void Find_BranchThatIsReadElsewhere_IsNoBlock()
    {
        string stem = _net.ConvNormAct("input", 8);
        string branch = _net.ConvNormAct(stem, 8);
        string sum = _net.Add(new Add(), stem, branch);
        _net.Head(_net.Conv(_net.Add(new Concat(), sum, branch), 5, 1));

        BlockFinder.Find(_net.Build()).Should().BeEmpty();
    }

    [Fact]
    public void Find_BranchThatAHeadReads_IsNoBlock()
    {
        string stem = _net.ConvNormAct("input", 8);
        string branch = _net.Conv(stem, 8);
        _net.Head(branch);
        _net.Head(_net.Conv(_net.Add(new Add(), stem, branch), 5, 1));

        BlockFinder.Find(_net.Build()).Should().BeEmpty();
    }

    [Fact]
    public void Find_TwoBranchesOfOneValue_IsNoBlock()
    {
        string stem = _net.ConvNormAct("input", 8);
        string sum = _net.Add(new Add(), _net.ConvNormAct(stem, 8), _net.ConvNormAct(stem, 8));
        _net.Head(_net.Conv(sum, 5, 1));

        BlockFinder.Find(_net.Build()).Should().BeEmpty("no path goes past both branches");
    }

    [Fact]
    public void Find_BranchThatAlsoReadsAnEarlierValue_IsNoBlock()
    {
        string early = _net.ConvNormAct("input", 8);
        string stem = _net.ConvNormAct(early, 8);
        string branch = _net.Conv(_net.Add(new Concat(), stem, early), 8);
        _net.Head(_net.Conv(_net.Add(new Add(), stem, branch), 5, 1));

        BlockFinder.Find(_net.Build()).Should().BeEmpty();
    }

    [Fact]
    public void Find_BranchWithoutWeights_IsNoBlock()
    {
        string stem = _net.ConvNormAct("input", 8);
        _net.Head(_net.Conv(_net.Add(new Add(), stem, _net.Act(stem, ActivationKind.Tanh)), 5, 1));

        BlockFinder.Find(_net.Build()).Should().BeEmpty("nothing in it could be scaled to 0");
    }

    [Fact]
    public void Find_BlockWithinABlock_FindsBoth()
    {
        string stem = _net.ConvNormAct("input", 8);
        string start = _net.ConvNormAct(stem, 8);
        string inner = _net.Add(new Add(), start, _net.ConvNormAct(start, 8));
        string outer = _net.Add(new Add(), stem, _net.Norm(_net.Conv(inner, 8)));
        _net.Head(_net.Conv(outer, 5, 1));

        var blocks = BlockFinder.Find(_net.Build());

        blocks.Select(block => block.Junction.Id).Should().Equal(inner, outer);
        blocks[1].Branch.Select(node => node.Id).Should().Contain(inner);
    }
}
