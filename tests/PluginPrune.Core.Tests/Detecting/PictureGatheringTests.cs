using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Detecting;

namespace PluginPrune.Core.Tests.Detecting;

public sealed class PictureGatheringTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Gather_FilesAndFolders_EachPictureOnceInOrder()
    {
        string first = Make("z.jpg");
        string odd = Make("no-extension");
        Directory.CreateDirectory(Path.Combine(_folder, "more", "deeper"));
        string[] inside = [Make("more/B.PNG"), Make("more/a.jpeg"), Make("more/c.ppm")];
        Make("more/notes.txt");
        Make("more/deeper/d.png");

        Dataset pictures = PictureGathering.Gather([first, odd, Path.Combine(_folder, "more"), first]);

        pictures.Items.Select(static item => item.Name).Should().Equal([first, odd, .. inside]);
        pictures.Items.Should().OnlyContain(static item => item.Labels.IsEmpty);
        using Stream stream = pictures.Items[0].Open();
        stream.Length.Should().Be(1);
    }

    [Fact]
    public void Gather_NothingThere_SaysSo()
    {
        Action missing = () => PictureGathering.Gather([Path.Combine(_folder, "gone.jpg")]);
        Action empty = () => PictureGathering.Gather([_folder]);

        missing.Should().Throw<InputException>().WithMessage("*gone.jpg: there is no such picture or folder.");
        empty.Should().Throw<InputException>().WithMessage("*the folder has no pictures (.jpg *) directly in it.");
    }

    private string Make(string name)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "x");
        return path;
    }
}
