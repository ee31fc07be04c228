using System.Globalization;
using PluginPrune.RealClients;
using PluginPrune.TestKit;

switch (args)
{
    case ["weights", var cfg, var weights]:
        SyntheticWeights.Write(cfg, weights);
        return 0;
    case ["cfg", "yolov3", var path]:
        File.WriteAllText(path, YoloCfg.V3());
        return 0;
    case ["heads", var cfg, var weights, var picture, var folder]:
        HeadDump.Write(cfg, weights, picture, folder);
        return 0;
    case ["onnx", var cfg, var weights, var path]:
        OnnxFiles.Write(cfg, weights, path);
        return 0;
    case ["random-onnx", var count, var folder]:
        OnnxFiles.WriteRandom(int.Parse(count, CultureInfo.InvariantCulture), folder);
        return 0;
    default:
        Console.Error.WriteLine("""
            real-clients weights CFG WEIGHTS            writes the synthetic weights of a cfg
            real-clients cfg yolov3 CFG                 writes a cfg of YOLOv3
            real-clients heads CFG WEIGHTS PICTURE DIR  runs the embedded engine on raw float32 numbers (channels, rows, columns) and
                                                        writes what each head reads into DIR/LAYER.f32
            real-clients onnx CFG WEIGHTS FILE          writes a network as ONNX
            real-clients random-onnx COUNT DIR          writes random networks as ONNX
            """);
        return 2;
}
