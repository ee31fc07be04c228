using System.Runtime.InteropServices;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineManaged;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.RealClients;

/// <summary>Writes what the heads of a network read, as raw float32, so that another program's numbers can be compared with it.</summary>
internal static class HeadDump
{
    // OpenCV adds this much to the variance; the fork that most weights come from adds 1e-5.
    private const string OpenCvEpsilon = "1e-6";

    /// <summary>Runs the embedded engine once and prints the layer and the shape of every head's input.</summary>
    /// <param name="cfg">The cfg.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="picture">A file of float32 numbers, channels by rows by columns.</param>
    /// <param name="folder">Takes one file a head, named after the layer that the head reads.</param>
    public static void Write(string cfg, string weights, string picture, string folder)
    {
        IModelFormat format = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet", ("bn-eps", OpenCvEpsilon));
        Network network = format.Read(new ModelSource(cfg, weights, Console.Error.WriteLine), CancellationToken.None);
        float[] pixels = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(picture)).ToArray();
        string[] values = [.. network.Heads.Select(static head => head.Input)];

        IEngine engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");
        using IExecutable<float> executable = engine.Compile(network);
        var outputs = executable.Run([new Batch<float>(1, network.Inputs[0].Shape, pixels)], values, CancellationToken.None);

        for (int i = 0; i < values.Length; i++)
        {
            string layer = values[i].Split('.')[0];
            using FileStream file = File.Create(Path.Combine(folder, layer + ".f32"));
            file.Write(MemoryMarshal.AsBytes(outputs[i].Elements.AsSpan()));
            Shape shape = outputs[i].Shape;
            Console.WriteLine(FormattableString.Invariant($"{layer} {shape.Channels} {shape.Height} {shape.Width}"));
        }
    }
}
