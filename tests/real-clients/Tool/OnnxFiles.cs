using System.Globalization;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet;
using PluginPrune.FormatOnnx;
using PluginPrune.TestKit;

namespace PluginPrune.RealClients;

/// <summary>Writes networks as ONNX.</summary>
internal static class OnnxFiles
{
    private static readonly (string Name, (string, string)[] Options)[] Forms =
    [
        ("fixed", []),
        ("kept", [("keep-bn", "true"), ("opset", "17")]),
        ("open", [("dynamic-batch", "true"), ("dynamic-size", "true")]),
    ];

    /// <summary>Writes a Darknet network with raw outputs.</summary>
    public static void Write(string cfg, string weights, string path)
    {
        Network network = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet").Read(new ModelSource(cfg, weights, Console.Error.WriteLine), CancellationToken.None);
        PluginFactory.Create<OnnxPlugin, IModelFormat>("onnx").Write(network, new FileSink(path), CancellationToken.None);
    }

    /// <summary>Writes random networks of all operations in every form that they can be written in; what cannot take any size is not written for any.</summary>
    public static void WriteRandom(int count, string folder)
    {
        Directory.CreateDirectory(folder);
        for (int seed = 0; seed < count; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            foreach ((string name, (string, string)[] options) in Forms)
            {
                IModelFormat format = PluginFactory.Create<OnnxPlugin, IModelFormat>("onnx", options);
                if (name == "open" && !format.FindObstacles(network).IsEmpty)
                {
                    continue;
                }

                string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{seed:000}-{name}.onnx"));
                format.Write(network, new FileSink(path), CancellationToken.None);
            }
        }
    }

    private sealed class FileSink(string path) : IModelSink
    {
        public Stream Create(string extension) => File.Create(path);
    }
}
