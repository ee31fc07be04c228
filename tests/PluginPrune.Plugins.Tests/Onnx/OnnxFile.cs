using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Onnx;

/// <summary>What stands in a file that the format wrote; field numbers are those of ONNX.</summary>
internal sealed class OnnxFile
{
    private readonly ProtoFields _model;
    private readonly ProtoFields _graph;

    public OnnxFile(byte[] bytes)
    {
        _model = new ProtoFields(bytes);
        _graph = _model.Messages(7).Single();
    }

    public long Opset => _model.Messages(8).Single().Numbers(2).Single();

    public Dictionary<string, string> Metadata =>
        _model.Messages(14).ToDictionary(static entry => entry.Texts(1).Single(), static entry => entry.Texts(2).Single(), StringComparer.Ordinal);

    /// <summary>The operators in their order.</summary>
    public string[] Operators => [.. _graph.Messages(1).Select(static node => node.Texts(4).Single())];

    public string[] Tensors => [.. _graph.Messages(5).Select(static tensor => tensor.Texts(8).Single())];

    /// <summary>For instance 'input [1, 3, height, width]'.</summary>
    public string[] Inputs => [.. _graph.Messages(11).Select(Describe)];

    public string[] Outputs => [.. _graph.Messages(12).Select(Describe)];

    public static byte[] Write(Network network, params (string Name, string Value)[] options)
    {
        using var stream = new MemoryStream();
        Format(options).Write(network, new Sink(stream), CancellationToken.None);
        return stream.ToArray();
    }

    public static OnnxFile Of(Network network, params (string Name, string Value)[] options) => new(Write(network, options));

    public static IModelFormat Format(params (string Name, string Value)[] options) => PluginFactory.Create<OnnxPlugin, IModelFormat>("onnx", options);

    private static string Describe(ProtoFields value)
    {
        ProtoFields shape = value.Messages(2).Single().Messages(1).Single().Messages(2).Single();
        IEnumerable<string> extents = shape.Messages(1).Select(static extent => extent.Texts(2).SingleOrDefault() ?? FormattableString.Invariant($"{extent.Numbers(1).Single()}"));
        return $"{value.Texts(1).Single()} [{string.Join(", ", extents)}]";
    }

    private sealed class Sink(Stream stream) : IModelSink
    {
        public Stream Create(string extension)
        {
            extension.Should().Be(".onnx");
            return stream;
        }
    }
}
