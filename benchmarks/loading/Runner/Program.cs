using System.Diagnostics;
using System.Globalization;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;
using PluginPrune.Core.Training;
using PluginPrune.DatasetYolo;
using PluginPrune.TestKit;

// Times the loader on one thread, pictures read anew each time and kept in memory; prints rows of a table.
if (args is not [var folder, var sideText, var epochsText])
{
    Console.Error.WriteLine("loading-runner FOLDER SIDE EPOCHS");
    return 2;
}

int side = int.Parse(sideText, CultureInfo.InvariantCulture);
int epochs = int.Parse(epochsText, CultureInfo.InvariantCulture);
Dataset dataset = PluginFactory.Create<YoloPlugin, IDatasetFormat>("yolo").Open(new DatasetSource(Path.GetFullPath(folder), "all", Console.Error.WriteLine), CancellationToken.None);
AugmentationSettings warped = AugmentationPresets.YoloV5 with { Rotation = 5, Shear = 2 };
(string Name, AugmentationSettings Settings)[] cases =
[
    ("none", AugmentationPresets.None),
    ("yolov3-scripts", AugmentationPresets.YoloV3Scripts),
    ("yolov5", AugmentationPresets.YoloV5),
    ("yolov5, turned and sheared", warped),
    ("the same, all blended", warped with { Mixup = 1 }),
];
foreach ((string name, AugmentationSettings settings) in cases)
{
    (double readWall, double readCpu) = Measure(settings, cacheBytes: 0);
    (double keptWall, double keptCpu) = Measure(settings, cacheBytes: 1L << 30);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {name,-26} | {readCpu,6:F2} | {1000 / readWall,8:F0} | {keptCpu,6:F2} | {1000 / keptWall,8:F0} |"));
}

return 0;

// Milliseconds a sample, of the clock and of the processor: the least of the epochs, after one to warm up and to fill the memory.
(double Wall, double Cpu) Measure(AugmentationSettings settings, long cacheBytes)
{
    var loader = new TrainingLoader(dataset.Items, new TrainingLoaderOptions
    {
        Preprocessing = Preprocessing.Darknet with { Resize = ResizeMode.Letterbox },
        InputSize = new PictureSize(side, side),
        Augmentation = settings,
        Threads = 1,
        CacheBytes = cacheBytes,
    });
    double wall = double.MaxValue;
    double cpu = double.MaxValue;
    for (int epoch = 0; epoch <= epochs; epoch++)
    {
        TimeSpan cpuStart = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        int samples = loader.Read(new TrainingEpoch(epoch), CancellationToken.None).Sum(static batch => batch.Input.Size);
        if (epoch > 0)
        {
            wall = Math.Min(wall, Stopwatch.GetElapsedTime(start).TotalMilliseconds / samples);
            cpu = Math.Min(cpu, (Process.GetCurrentProcess().TotalProcessorTime - cpuStart).TotalMilliseconds / samples);
        }
    }

    return (wall, cpu);
}
