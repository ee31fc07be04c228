using PluginPrune.Host.Tests.Cli;
using PluginPrune.Host.Tests.Train;

namespace PluginPrune.Host.Tests.Run;

/// <summary>`host run`: the whole way from a cfg to a small trained network.</summary>
public sealed class RecipeTests : IDisposable
{
    private const string Recipe =
        """
        model: tiny.cfg
        data: synthetic
        options: {threads: 1, seed: 3, count: 16, synthetic: {size: 64}}
        steps:
          - train: {from-scratch: true, epochs: 2, batch: 8, nominal-batch: 8}
          - sparse: {epochs: 2, batch: 8, nominal-batch: 8, sparsity: 0.01}
          - prune: {criterion: slim, global-percent: 0.4, reconstruct: 4, no-measure: true}
          - fine-tune: {epochs: 1, batch: 8, nominal-batch: 8, lr: 0.001}
          - export: {to: onnx}
        """;

    private readonly Workplace _work = new();

    public RecipeTests() => _work.Write("tiny.cfg", TinyDetector.Cfg);

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void All_steps_are_done_once_and_a_table_compares_them()
    {
        _work.Write("way.yaml", Recipe);

        HostResult first = _work.Run("run", "way.yaml", "--out", "way").ShouldSucceed();

        first.Output.Should().ContainAll("train", "sparse", "prune", "fine-tune", "mAP@0.5", "GFLOPs", "ms");
        _work.Entries.Should().Contain(["way/1-train/last.weights", "way/2-sparse/last.weights", "way/3-prune/last.weights", "way/4-fine-tune/last.weights", "way/5-export/last.onnx"]);
        new FileInfo(_work["way/4-fine-tune/last.weights"]).Length.Should().BeLessThan(new FileInfo(_work["way/2-sparse/last.weights"]).Length);

        HostResult second = _work.Run("run", "way.yaml", "--out", "way").ShouldSucceed();
        second.Lines.Count(static line => line.EndsWith("done before.", StringComparison.Ordinal)).Should().Be(6);

        _work.Write("way.yaml", Recipe.Replace("global-percent: 0.4", "global-percent: 0.5", StringComparison.Ordinal));
        _work.Run("run", "way.yaml", "--out", "way").ShouldFail(2, "error: Step 3 of 6, 3-prune, was done otherwise: --global-percent is 0.5, was 0.4. *--force*");
        HostResult again = _work.Run("run", "way.yaml", "--out", "way", "--force").ShouldSucceed();
        again.Lines.Count(static line => line.EndsWith("done before.", StringComparison.Ordinal)).Should().Be(2);
        again.Lines.Should().Contain("Step 4 of 6, 4-fine-tune: it is done again: the network that it begins with has changed.");
        _work.Run("run", "way.yaml", "--out", "way", "--dry-run").ShouldSucceed().Output.Should().NotContain("to be");
    }

    [Fact]
    public void The_commands_can_be_seen_before_they_are_run()
    {
        _work.Write("way.yaml", Recipe);

        string[] lines = [.. _work.Run("run", "way.yaml", "--out", "way", "--dry-run").ShouldSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.StartsWith('#'))];

        lines.Should().HaveCount(6);
        lines[0].Should().StartWith("host train --model ").And.Contain("--from-scratch --epochs 2").And.Contain("--seed 3").And.Contain("--set synthetic.size=64");
        lines[2].Should().Contain("2-sparse/last.cfg").And.Contain("--criterion slim").And.Contain("--reconstruct 4");
        lines[4].Should().StartWith("host convert --model ").And.Contain("4-fine-tune/last.cfg").And.NotContain("--seed");
        _work.Entries.Should().Equal("tiny.cfg", "way.yaml");
    }

    [Theory]
    [InlineData("model: tiny.cfg\noptions: {batch: 16}\nsteps:\n  - train: {from-scratch: true, batch-size: 8}\n", 0, "* --batch-size 8*", "--batch 16")]
    [InlineData("model: tiny.cfg\noptions: {synthetic: {size: 32}}\ndata: synthetic\nsteps:\n  - train: {from-scratch: true, synthetic: {size: 64}}\n", 0, "* --set synthetic.size=64*", "size=32")]
    [InlineData("model: tiny.cfg\noptions: {sparsity: 0.01}\nsteps:\n  - train: {from-scratch: true}\n  - sparse:\n", 1, "* --sparsity 0.01*", "--from-scratch")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: True, multi-scale: FALSE, shared: False}\n  - fine-tune: {from-scratch: False}\n", 0, "* --from-scratch --multi-scale false*", "True")]
    [InlineData("model: tiny.cfg\noptions: {sparsity: 0.01, scheduler: global-decay, freeze: 1, teacher: tiny.cfg, distil: boxes=0, epochs: 7}\nsteps:\n  - train: {from-scratch: true}\n  - prune: {criterion: slim}\ncompare: {from-scratch: true}\n", 2, "* --from-scratch --epochs 7*", "--sparsity|--scheduler|--freeze|--teacher|--distil")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true, batch: 4}\n  - prune: {criterion: slim}\ncompare: {from-scratch: {batch-size: 8}, narrower: False}\n", 2, "* --batch-size 8*", "--batch 4")]
    [InlineData("model: sample-tiny\nsteps:\n  - prune: {criterion: slim}\n", 0, "host prune --model sample-tiny *", "--weights")]
    public void What_is_given_to_all_steps_goes_to_those_for_which_it_is(string text, int step, string pattern, string missing)
    {
        _work.Write("way.yaml", text);

        string line = _work.Run("run", "way.yaml", "--out", "way", "--dry-run").ShouldSucceed().Output.Split('\n').Where(static line => line.StartsWith("host ", StringComparison.Ordinal)).ElementAt(step);

        line.Should().Match(pattern).And.NotContainAny(missing.Split('|'));
    }

    [LibtorchFact]
    public void What_the_engine_refuses_is_told_before_anything_is_trained()
    {
        _work.Write("way.yaml", "model: tiny.cfg\ndata: synthetic\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      half: true\n");

        _work.Run("run", "way.yaml", "--out", "way", "--dry-run").ShouldFail(2, "error: *way.yaml, line 6: step 'fine-tune': *--half asks for half precision*");
    }

    [LibtorchFact]
    public void Data_that_a_yaml_describes_are_learned_from()
    {
        YoloSet.Make(_work);
        _work.Write("set/data.yaml", "path: .\ntrain: images/val\nval: images/val\nnames: [a, b, c, d, e]\n");
        _work.Write("way.yaml", "model: tiny.cfg\ndata: set/data.yaml\nsteps:\n  - train: {from-scratch: true, epochs: 1, batch: 2, nominal-batch: 2, threads: 1}\n");

        _work.Run("run", "way.yaml", "--out", "way").ShouldSucceed().Output.Should().Contain("train").And.Contain("mAP@0.5");

        _work.Write("set/labels/val/b.txt", "1 0.5 0.5 0.25 0.5\n");
        _work.Run("run", "way.yaml", "--out", "way").ShouldFail(2, "error: Step 1 of 1, 1-train, was done otherwise: the data set has changed.*");
    }

    [Theory]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - sparse: {sparsity: 0.1}\n  - distil: {distil: features=2}\n", " --teacher */way/1-train/last.cfg --distil features=2")]
    [InlineData("model: tiny.cfg\nweights: a.weights\nsteps:\n  - distil: {epochs: 2}\n", " --teacher */tiny.cfg,*/a.weights --epochs 2")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - distil: {teacher: big.cfg}\n", " --teacher */big.cfg")]
    public void To_distil_is_to_train_with_what_was_trained_first_as_the_teacher(string text, string pattern)
    {
        _work.Write("way.yaml", text);
        _work.Write("a.weights", string.Empty);

        string last = _work.Run("run", "way.yaml", "--out", "way", "--dry-run").ShouldSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last(static line => line.StartsWith("host ", StringComparison.Ordinal));

        last.Should().Match($"host train --model *{pattern}*");
        last.Split("--teacher").Should().HaveCount(2);
    }

    [Fact]
    public void Paths_are_meant_from_the_recipes_folder_and_may_name_what_a_step_before_makes()
    {
        Directory.CreateDirectory(_work["recipes"]);
        _work.Write("recipes/tiny.cfg", TinyDetector.Cfg);
        _work.Write("recipes/big.cfg", TinyDetector.Cfg);
        _work.Write("recipes/b.weights", string.Empty);
        _work.Write("recipes/five.names", "a\nb\nc\nd\ne\n");
        _work.Write("recipes/way.yaml", "model: tiny.cfg\ndata: synthetic\nout: there\noptions: {count: 4, names: five.names}\nsteps:\n  - train: {from-scratch: true}\n  - distil: {teacher: 'big.cfg,b.weights'}\n  - fine-tune: {teacher: there/1-train}\n");

        HostResult result = _work.Run("run", "recipes/way.yaml", "--dry-run").ShouldSucceed();

        string folder = _work["recipes"];
        result.Lines.Should().BeEmpty("nothing is missing");
        result.Output.Should().Contain($"--names {folder}/five.names").And.Contain($"--teacher {folder}/big.cfg,{folder}/b.weights").And.Contain($"--teacher {folder}/there/1-train").And.Contain($"--out {folder}/there/1-train");
    }

    [Theory]
    [InlineData("model: tiny.cfg\n", "error: *way.yaml, line 1: it has no steps*")]
    [InlineData("steps: [train: {}]\n", "error: *way.yaml, line 1: it does not say with which network it begins*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - trane: {}\n", "error: *way.yaml, line 3: there is no step 'trane'; there are train, sparse, *")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: 7\n", "error: *way.yaml, line 3: options are names and values*")]
    [InlineData("model: tiny.cfg\nstep: 1\n", "error: *way.yaml, line 2: a recipe has no 'step'*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - sparse: {epochs: 3}\n", "error: *way.yaml, line 3: 'sparse' pulls scales*sparsity: 0.01*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - prune: {criterion: slim}\n  - fine-tune: {from-scratch: true}\n", "error: *way.yaml, line 4: 'fine-tune' goes on with what was learned*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - prune: {criterion: slim}\n", "error: *way.yaml, line 3: 'prune' begins with a trained network, and *tiny.weights is not there.*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n", "error: *way.yaml, line 3: 'train' has nothing to learn from*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train:\n      epochs: 3\n      epoch: 3\n", "error: *way.yaml, line 5: step 'train': 'host train' has no option '--epoch'. Did you mean --epochs*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train:\n      epochs: many\n", "error: *way.yaml, line 4: step 'train': --epochs takes a whole number of at least 1, not 'many'.")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train:\n      out: here\n", "error: *way.yaml, line 4: 'out' is not for a step to say*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {result: middle}\n", "error: *way.yaml, line 3: 'result' takes last or best, not 'middle'.")]
    [InlineData("model: tiny.cfg\nsteps:\n  - prune: {criterion: none, result: best}\n", "error: *way.yaml, line 3: 'result' says which network a training leaves*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - prune: {criterion: slimmest}\n", "error: *way.yaml, line 3: step 'prune': *slimmest*")]
    [InlineData("model: tiny.cfg\noptions: {threads: 1, treads: 1}\nsteps: [train: {}]\n", "error: *way.yaml, line 2: no step of this recipe knows 'treads'.")]
    [InlineData("model: tiny.cfg\nseeds: [0, 1]\nsteps:\n  - train: {}\n  - prune: {criterion: slim, shared: true}\n", "error: *way.yaml, line 5: 'prune' is shared and builds on 'train', which is not*")]
    [InlineData("model: tiny.cfg\nseeds: [0, 1]\nsteps:\n  - train: {shared: true}\n", "error: *way.yaml, line 2: all steps are shared*")]
    [InlineData("model: tiny.cfg\nseeds: [0, 0]\nsteps: [train: {}]\n", "error: *way.yaml, line 2: seeds takes whole numbers such as [0, 1, 2], each once.")]
    [InlineData("model: tiny.cfg\nseeds: [0, 1]\noptions:\n  seed: 3\nsteps: [train: {}]\n", "error: *way.yaml, line 4: seeds says with which seeds*")]
    [InlineData("model: tiny.cfg\nsteps: [train: {}]\ncompare: {from-scratch: true}\n", "error: *way.yaml, line 3: nothing is pruned*")]
    [InlineData("model: tiny.cfg\nsteps: [prune: {criterion: slim}]\ncompare: {wider: true}\n", "error: *way.yaml, line 3: compare has no 'wider'*")]
    [InlineData("model: tiny.cfg\noptions: {weights: a.weights}\nsteps: [train: {}]\n", "error: *way.yaml, line 2: with 'weights' for all steps each would begin with these again.*")]
    [InlineData("model: tiny.cfg\nseeds: [0, 1]\nsteps:\n  - train: {shared: maybe}\n", "error: *way.yaml, line 4: 'shared' takes true or false, not 'maybe'.")]
    [InlineData("model: tiny.cfg\nsteps:\n  - &a {*a : 1}\n", "error: *way.yaml, line 3: it uses the alias '*a'; write out what it stands for*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {epochs: null}\n", "error: *way.yaml, line 3: 'epochs' has no value; a switch takes true.")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      augment: foo\n", "error: *way.yaml, line 5: step 'fine-tune': *There is no augmentation 'foo'*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      augment: 'yolov5,mosaic=7'\n", "error: *way.yaml, line 5: step 'fine-tune': *mosaic*7*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - distil:\n      distil: foo=1\n", "error: *way.yaml, line *: step 'distil': *Distillation has no setting 'foo'*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      lr: 0\n", "error: *way.yaml, line 5: step 'fine-tune': --lr takes a number above 0, not '0'.")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      momentum: 1\n", "error: *way.yaml, line 5: step 'fine-tune': --momentum takes a number from 0 to below 1, not '1'.")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      scheduler: target\n", "error: *way.yaml, line 5: step 'fine-tune': --scheduler says how scales are pulled, and nothing pulls them.*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      freeze: 99\n", "error: *way.yaml, line 5: step 'fine-tune': --freeze 99 leaves nothing to train*")]
    [InlineData("model: tiny.cfg\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      engine: managed\n", "error: *way.yaml, line *: step 'fine-tune': The engine managed does not train; torch does.")]
    [InlineData("model: tiny.cfg\ndata: synthetic\noptions: {count: 4}\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      val-split: nix\n", "error: *way.yaml, line 7: step 'fine-tune': --val-split nix: *")]
    [InlineData("model: tiny.cfg\ndata: synthetic\nsteps:\n  - train: {from-scratch: true}\n  - fine-tune:\n      teacher: nix.cfg\n", "error: *way.yaml, line 6: step 'fine-tune': --teacher names */nix.cfg, which does not exist and which no step before it makes.")]
    [InlineData("model: tiny.cfg\ndata: synthetic\nsteps:\n  - train:\n      from-scratch: true\n      names: nix.names\n", "error: *way.yaml, line 6: step 'train': --names names */nix.names, which does not exist*")]
    [InlineData("model: tiny.cfg\ndata: synthetic\nsteps:\n  - train: {from-scratch: true}\n  - prune:\n      plan: nix.json\n", "error: *way.yaml, line 6: step 'prune': --plan names */nix.json, which does not exist*")]
    [InlineData("model: tiny.cfg\ndata: synthetic\nsteps:\n  - train: {from-scratch: true}\nevaluate: {iuo: 0.5}\n", "error: *way.yaml, line 5: step 'evaluate': 'host eval' has no option '--iuo'.*")]
    [InlineData("model: [\n", "error: *way.yaml*YAML*")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "error: *way.yaml, line 1: it is nested more than 16 deep*")]
    public void What_is_wrong_with_a_recipe_is_told_with_its_line(string text, string pattern)
    {
        _work.Write("way.yaml", text);

        _work.Run("run", "way.yaml").ShouldFail(2, pattern);
    }
}
