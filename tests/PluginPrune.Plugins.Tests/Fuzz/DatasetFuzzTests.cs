using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Plugins;
using PluginPrune.DatasetCoco;
using PluginPrune.DatasetVoc;
using PluginPrune.DatasetYolo;
using PluginPrune.Plugins.Tests.Datasets;
using Xunit.Abstractions;

namespace PluginPrune.Plugins.Tests.Fuzz;

/// <summary>Spoilt labels and descriptions: each is read, refused, or told of with its place; never anything else.</summary>
public sealed class DatasetFuzzTests(ITestOutputHelper output)
{
    private const int Percent = 6;

    private static readonly string[] Labels =
    [
        "0 0.5 0.5 0.25 0.25\n1 0.1 0.2 0.05 0.1\n2 0.25 0.125 0.75 0.125 0.75 0.375 0.25 0.375\n",
        "1\t0.5\t0.25\t0.5\t0.25\r\n0\t0.95\t0.5\t0.1\t0.2\r\n",
    ];

    private static readonly string[] Yamls =
    [
        "path: .\ntrain: images\nval: [images, list.txt]\ntest:\nnc: 3\nnames: [cat, dog, cow]\n",
        "train: ../x/images # theirs\nval: images\nkpt_shape: [2, 3]\nnames:\n  0: cat\n  1: dog\n  2: 'cow'\n",
    ];

    private static readonly string[] Datas = ["classes= 3\ntrain = list.txt\nvalid = list.txt\nnames = set.names\nbackup = backup/\n"];

    private static readonly string[] Lists = ["images/a.jpg\n./images/b.jpg\n/content/x/images/a.jpg\nimages\\B.JPG\n"];

    private static readonly string[] Xmls =
    [
        VocXml.Of(VocXml.Object("cat"), VocXml.Object("dog", "5", "6.5", "70", "80", "<truncated>1</truncated><difficult>1</difficult>")),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + VocXml.Of(VocXml.Object("cat", "1", "1", "1", "9")),
    ];

    private static readonly string[] Jsons =
    [
        """
        {"info": {"year": 2017, "a": [1, {"b": 2}]},
         "images": [{"id": 7, "file_name": "a.jpg", "width": 640, "height": 480}, {"id": 3, "file_name": "images/b.jpg", "width": 640, "height": 480}],
         "categories": [{"id": 44, "name": "dog"}, {"id": 1, "name": "person"}],
         "annotations": [{"id": 1, "image_id": 7, "category_id": 44, "bbox": [10, 20.5, 30, 40], "area": 600.25, "iscrowd": 0, "segmentation": [[1, 2, 3, 4, 5, 6]]},
                         {"id": 2, "image_id": 3, "category_id": 1, "bbox": [0, 0, 640, 480], "iscrowd": 1, "segmentation": {"counts": "abc", "size": [480, 640]}}]}
        """,
    ];

    [Fact]
    public void Yolo_labels() => Try<YoloPlugin>("yolo", Labels, "labels/a.txt", string.Empty);

    [Fact]
    public void Yaml_descriptions() => Try<YoloPlugin>("yolo", Yamls, "set.yaml", "set.yaml");

    [Fact]
    public void Darknet_descriptions() => Try<YoloPlugin>("yolo", Datas, "obj.data", "obj.data");

    [Fact]
    public void Lists_of_pictures() => Try<YoloPlugin>("yolo", Lists, "list.txt", "list.txt");

    [Fact]
    public void Voc_annotations() => Try<VocPlugin>("voc", Xmls, "images/a.xml", string.Empty);

    [Fact]
    public void Coco_annotations() => Try<CocoPlugin>("coco", Jsons, "instances.json", "instances.json");

    private void Try<TPlugin>(string format, string[] corpus, string file, string data)
        where TPlugin : IPlugin, new()
    {
        using var work = new DatasetScratch<TPlugin>(format);
        work.WithFiles("images/a.jpg", "images/b.jpg", "a.jpg").With("labels/b.txt", Labels[0]).With("set.names", "cat\ndog\ncow\n").With("list.txt", Lists[0]).With(file, string.Empty);
        if (format == "voc")
        {
            work.With("images/b.xml", Xmls[0]);
        }

        new Fuzzer(output).Run(Percent, [.. corpus.Select(Encoding.UTF8.GetBytes)], input =>
        {
            File.WriteAllBytes(work[file], input);
            try
            {
                return Check(work.Open(data));
            }
            catch (InputException)
            {
                return false;
            }
        });
    }

    /// <returns>Whether every picture can be used.</returns>
    private static bool Check(Dataset dataset)
    {
        foreach (DatasetItem item in dataset.Items)
        {
            double limit = item.Unit == BoxUnit.Relative ? 1 : double.MaxValue;
            foreach (ObjectLabel label in item.Labels)
            {
                bool isGood = !label.Box.IsEmpty && label.Box.Right <= limit && label.Box.Bottom <= limit && double.IsFinite(label.Box.Left + label.Box.Top)
                    && label.ClassIndex >= 0 && (dataset.ClassNames.IsEmpty || label.ClassIndex < dataset.ClassNames.Length);
                Assert.True(isGood, label.ToString());
            }
        }

        DatasetFault[] faults = [.. dataset.Faults, .. dataset.Items.SelectMany(static item => item.Faults)];
        Assert.All(faults, static fault => Assert.True(fault.Kind.Length > 5 && fault.Message.EndsWith('.') && fault.File.Length > 0 && fault.Line is null or > 0, fault.ToString()));
        return Array.TrueForAll(faults, static fault => fault.Severity != FaultSeverity.Error);
    }
}
