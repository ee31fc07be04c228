using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>What `host train` is measured on.</summary>
public sealed class TrainDataTests : IDisposable
{
    private const string OnItself = "It is measured on the pictures that it learns from";

    private static readonly string[] Trained =
        ["train", "--model", "tiny.cfg", "--from-scratch", "--epochs", "1", "--batch", "2", "--nominal-batch", "2", "--threads", "1", "--out", "run"];

    private readonly Workplace _work = new();

    public TrainDataTests() => _work.Write("tiny.cfg", TinyDetector.Cfg);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Without_pictures_to_measure_on_it_measures_on_those_that_it_learns_from_and_says_so()
    {
        Write("train", 3);

        Look().ShouldSucceed().Error.Should().Contain("it has no part 'val'; it has train. Name others with --val-split NAME. " + OnItself);
    }

    [Fact]
    public void Faulty_labels_of_the_pictures_to_measure_on_are_told_and_nothing_else_is_taken()
    {
        Write("train", 3);
        Write("val", 2);
        File.AppendAllText(_work["set/labels/val/1.txt"], "0 zero 0.5 0.2 0.2\n");

        Look().ShouldFail(2, "error: *set/labels/val/1.txt, line 2: *--skip-bad*").Error.Should().NotContain(OnItself);
    }

    [Fact]
    public void Of_pictures_that_are_not_divided_it_is_said_once_that_they_measure_little()
    {
        Write(".", 4);

        string error = Look().ShouldSucceed().Error;

        error.Should().Contain("is not divided into parts; all 4 pictures are taken for 'train'").And.NotContain("'val'").And.Contain(OnItself);
    }

    [LibtorchFact]
    public void Who_moves_a_box_trains_on_something_else()
    {
        Write("train", 4);
        string[] line = [.. Trained, "--data", "set"];
        _work.Run(line).ShouldSucceed();
        _work.Run([.. line, "--resume"]).ShouldSucceed();

        File.WriteAllText(_work["set/labels/train/2.txt"], "0 0.6 0.5 0.2 0.2\n");

        _work.Run([.. line, "--resume"]).ShouldFail(2, "error: *begun otherwise: labels of the training pictures *");
    }

    [LibtorchFact]
    public void A_training_goes_on_by_whatever_name_its_pictures_are_called()
    {
        Write("train", 4);
        _work.Run([.. Trained, "--data", "set"]).ShouldSucceed();

        Directory.CreateSymbolicLink(_work["other-name"], _work["set"]);

        _work.Run([.. Trained, "--data", "other-name", "--resume"]).ShouldSucceed().Error.Should().Contain("complete");
    }

    [LibtorchFact]
    public void Who_takes_a_picture_away_trains_on_something_else()
    {
        Write("train", 4);
        _work.Run([.. Trained, "--data", "set"]).ShouldSucceed();

        File.Delete(_work["set/images/train/3.ppm"]);

        _work.Run([.. Trained, "--data", "set", "--resume"]).ShouldFail(2, "error: *begun otherwise: *number of training pictures 4, now 3*");
    }

    private void Write(string part, int count)
    {
        string images = Directory.CreateDirectory(_work[$"set/images/{part}"]).FullName;
        string labels = Directory.CreateDirectory(_work[$"set/labels/{part}"]).FullName;
        for (int i = 0; i < count; i++)
        {
            File.WriteAllBytes(Path.Combine(images, $"{i}.ppm"), [.. "P6\n16 16\n255\n"u8, .. new byte[16 * 16 * 3]]);
            File.WriteAllText(Path.Combine(labels, $"{i}.txt"), "0 0.5 0.5 0.2 0.2\n");
        }
    }

    private HostResult Look() => _work.Run("train", "--model", "tiny.cfg", "--from-scratch", "--preview", "1", "--out", "look", "--data", "set");
}
