using PluginPrune.Contracts;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plugins;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Data;

/// <summary>Which format reads what a user names, by the manifests that ship.</summary>
public sealed class DatasetLocatorTests : IDisposable
{
    private static readonly PluginCatalog Catalog = PluginCatalog.Discover(
        new PluginRoots([new PluginRoot(Path.Combine(HostInstallation.Folder, "plugins"), PluginRootKind.Bundled)], []));

    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("yolo", "obj.data", "obj.data")]
    [InlineData("yolo", "data.YAML", "data.YAML")]
    [InlineData("yolo", "lists/val.txt", "lists/val.txt")]
    [InlineData("yolo", "set", "set/images/a.jpg", "set/labels/a.txt")]
    [InlineData("yolo", "set", "set/Images/a.jpg", "set/Labels/a.txt")]
    [InlineData("yolo", "set", "set/train/images/a.jpg", "set/train/labels/a.txt")]
    [InlineData("yolo", "set", "set/data.yaml", "set/README.txt")]
    [InlineData("yolo", "set", "set/train/a.jpg", "set/train/_darknet.labels")]
    [InlineData("voc", "set", "set/JPEGImages/a.jpg", "set/Annotations/a.xml")]
    [InlineData("voc", "set", "set/images/a.jpg", "set/annotations/a.xml", "set/README.txt")]
    [InlineData("voc", "set", "set/a.jpg", "set/a.xml", "set/_README.txt")]
    [InlineData("voc", "set", "set/train/a.jpg", "set/train/a.xml")]
    [InlineData("voc", "set", "set/images/a.jpg", "set/labels/a.xml")]
    [InlineData("coco", "instances_val2017.json", "instances_val2017.json")]
    [InlineData("coco", "coco", "coco/annotations/instances_val2017.json", "coco/val2017/a.jpg")]
    [InlineData("coco", "set", "set/train/_annotations.coco.json", "set/train/a.jpg", "set/README.roboflow.txt")]
    public void It_is_known_by_its_extension_or_by_what_lies_in_the_folder(string format, string data, params string[] files)
    {
        Make(files);

        DatasetChoice choice = Find(data).GetOrThrow();

        choice.Format.Name.Should().Be(format);
        choice.Path.Should().Be(Path.Combine(_folder, data));
    }

    [Fact]
    public void What_the_user_says_wins()
    {
        Make("set/a.jpg");

        Find("set", "yolo").GetOrThrow().Format.Name.Should().Be("yolo");
        Find("set", "pluginprune.dataset-yolo/yolo").GetOrThrow().Format.Name.Should().Be("yolo");
        Find("set", "yollo").Invoking(static lookup => lookup.GetOrThrow()).Should().Throw<PluginException>()
            .Which.Diagnostics[0].ToString().Should().Contain("'yollo'").And.Contain("Did you mean 'yolo'?");
    }

    [Theory]
    [InlineData("gone", null, "*gone: there is no such file or folder, and no dataset of that name is made; there is 'synthetic'.")]
    [InlineData("gone", "yolo", "*gone: there is no such file or folder.")]
    [InlineData("set", null, "*set: nothing in the folder tells what dataset it is. Say --data-format NAME: *yolo*.")]
    [InlineData("outer", null, "*outer: nothing in the folder tells what dataset it is; '*inner' would do. Say --data-format NAME: *")]
    [InlineData("a.rar", null, "*a.rar: no dataset format reads files that end so; known are *.data .yaml .yml .txt (yolo)*")]
    public void What_cannot_be_found_is_told(string data, string? format, string message)
    {
        Make("set/a.jpg", "a.rar", "outer/inner/labels/a.txt");

        DatasetLookup lookup = Find(data, format);

        lookup.Choice.Should().BeNull();
        lookup.Invoking(static found => found.GetOrThrow()).Should().Throw<InputException>().Which.Message.Should().Match(message);
    }

    [Fact]
    public void A_dataset_that_is_made_is_named_unless_there_is_a_file_of_that_name()
    {
        DatasetChoice choice = new DatasetLocator(Catalog).Find("synthetic", null).GetOrThrow();

        choice.Format.Name.Should().Be("synthetic");
        choice.Path.Should().BeNull();
        new DatasetLocator(Catalog).Find("synthetic", "synthetic").GetOrThrow().Path.Should().BeNull();
        Make("synthetic/labels/a.txt");
        Find("synthetic").GetOrThrow().Format.Name.Should().Be("yolo");
    }

    [Fact]
    public void Where_two_formats_fit_the_user_says_which()
    {
        // Darknet's labels beside those of the challenge, as voc_label.py leaves them.
        Make("VOC2007/Annotations/a.xml", "VOC2007/JPEGImages/a.jpg", "VOC2007/labels/a.txt");

        Find("VOC2007").Invoking(static lookup => lookup.GetOrThrow()).Should().Throw<InputException>()
            .Which.Message.Should().EndWith("VOC2007: it may be voc or yolo. Say --data-format voc or --data-format yolo.");
        Find("VOC2007", "voc").GetOrThrow().Format.Name.Should().Be("voc");
    }

    [Fact]
    public void The_name_of_a_format_is_not_a_dataset_that_is_read() =>
        new DatasetLocator(Catalog).Find("yolo", null).Invoking(static lookup => lookup.GetOrThrow()).Should().Throw<InputException>()
            .Which.Message.Should().Be("yolo: there is no such file or folder. 'yolo' is a format: say --data PATH --data-format yolo.");

    [Fact]
    public void An_empty_name_is_refused() =>
        new DatasetLocator(Catalog).Find(" ", null).Invoking(static lookup => lookup.GetOrThrow()).Should().Throw<InputException>();

    private DatasetLookup Find(string data, string? format = null) => new DatasetLocator(Catalog).Find(Path.Combine(_folder, data), format);

    private void Make(params string[] files)
    {
        foreach (string file in files)
        {
            string path = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Empty);
        }
    }
}
