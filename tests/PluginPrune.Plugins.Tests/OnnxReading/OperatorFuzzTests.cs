using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.Plugins.Tests.Onnx;
using static PluginPrune.Plugins.Tests.OnnxReading.OnnxSketch;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>
/// Operators with inputs that are missing, of another rank or type, and settings of another type or size: each is read, or refused in words that
/// are our own and name the operator.
/// </summary>
public sealed class OperatorFuzzTests : IDisposable
{
    // What the framework says where nobody looked before.
    private static readonly string[] Foreign =
    [
        "Index was", "Value cannot", "Parameter '", "Specified argument", "Object reference", "Exception", "Arithmetic operation", "Unable to cast", "Sequence contains", "divide by", "Nullable object",
        "must be non-negative", "was outside", "Length cannot", "not present in",
    ];

    // x is a map, v a vector, f and i constants of floats and whole numbers that are there for each case.
    private static readonly (string Operation, string[] Inputs, int Outputs, (string, object)[] Attributes)[] Valid =
    [
        ("Conv", ["x", "w", "b"], 1, [("kernel_shape", Ints(3, 3)), ("strides", Ints(1, 1)), ("pads", Ints(1, 1, 1, 1)), ("dilations", Ints(1, 1)), ("group", 1)]),
        ("Conv", ["x", "w"], 1, [("auto_pad", "SAME_UPPER")]),
        ("ConvTranspose", ["x", "t", "b"], 1, [("kernel_shape", Ints(3, 3)), ("strides", Ints(2, 2)), ("output_padding", Ints(1, 1)), ("group", 1)]),
        ("BatchNormalization", ["x", "b", "b", "b", "ones"], 1, [("epsilon", 1e-3f)]),
        ("Gemm", ["v", "m", "b"], 1, [("transB", 1), ("alpha", 1f), ("beta", 1f)]),
        ("MatMul", ["v", "m"], 1, []),
        ("MatMul", ["x", "x"], 1, []),
        ("Add", ["x", "c"], 1, []),
        ("Sub", ["c", "x"], 1, []),
        ("Mul", ["x", "x"], 1, []),
        ("Div", ["x", "s"], 1, []),
        ("Pow", ["x", "s"], 1, []),
        ("Sum", ["x", "x", "c"], 1, []),
        ("Max", ["x", "s"], 1, []),
        ("Where", ["q", "x", "s"], 1, []),
        ("Equal", ["x", "s"], 1, []),
        ("Concat", ["x", "x"], 1, [("axis", 1)]),
        ("Concat", ["x", "c"], 1, [("axis", 3)]),
        ("Split", ["x", "halves"], 2, [("axis", 1)]),
        ("Slice", ["x", "one", "two", "one", "one"], 1, []),
        ("Gather", ["x", "one"], 1, [("axis", 1)]),
        ("GatherElements", ["x", "c"], 1, [("axis", 1)]),
        ("Pad", ["x", "pads", "s"], 1, [("mode", "constant")]),
        ("Reshape", ["x", "shape"], 1, [("allowzero", 0)]),
        ("Flatten", ["x"], 1, [("axis", 1)]),
        ("Squeeze", ["v4", "spots"], 1, []),
        ("Unsqueeze", ["v", "spots"], 1, []),
        ("Transpose", ["x"], 1, [("perm", Ints(0, 2, 3, 1))]),
        ("Expand", ["v4", "shape"], 1, []),
        ("Tile", ["x", "ones4"], 1, []),
        ("Resize", ["x", "", "scales"], 1, [("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")]),
        ("Resize", ["x", "", "", "shape"], 1, [("mode", "linear")]),
        ("MaxPool", ["x"], 1, [("kernel_shape", Ints(2, 2)), ("strides", Ints(2, 2)), ("pads", Ints(0, 0, 1, 1)), ("ceil_mode", 1), ("dilations", Ints(1, 1)), ("storage_order", 0)]),
        ("AveragePool", ["x"], 1, [("kernel_shape", Ints(3, 3)), ("count_include_pad", 1), ("pads", Ints(1, 1, 1, 1))]),
        ("GlobalAveragePool", ["x"], 1, []),
        ("ReduceMean", ["x"], 1, [("axes", Ints(2, 3)), ("keepdims", 1)]),
        ("ReduceSum", ["x", "spots"], 1, [("keepdims", 0)]),
        ("ReduceMax", ["x"], 1, [("axes", Ints(1))]),
        ("ArgMax", ["x"], 1, [("axis", 1), ("keepdims", 1)]),
        ("TopK", ["x", "one"], 2, [("axis", 1), ("largest", 1), ("sorted", 1)]),
        ("Softmax", ["x"], 1, [("axis", 1)]),
        ("LeakyRelu", ["x"], 1, [("alpha", 0.1f)]),
        ("PRelu", ["x", "s"], 1, []),
        ("HardSigmoid", ["x"], 1, [("alpha", 0.2f), ("beta", 0.5f)]),
        ("Clip", ["x", "s", "s"], 1, []),
        ("Elu", ["x"], 1, [("alpha", 1f)]),
        ("Erf", ["x"], 1, []),
        ("Cast", ["x"], 1, [("to", 7)]),
        ("DepthToSpace", ["x4"], 1, [("blocksize", 2), ("mode", "DCR")]),
        ("SpaceToDepth", ["x"], 1, [("blocksize", 2)]),
        ("LRN", ["x"], 1, [("size", 3), ("alpha", 1e-4f), ("beta", 0.75f), ("bias", 1f)]),
        ("InstanceNormalization", ["x", "b", "b"], 1, [("epsilon", 1e-5f)]),
        ("Dropout", ["x"], 1, []),
        ("Identity", ["x"], 1, []),
        ("Shape", ["x"], 1, [("start", 0), ("end", 2)]),
        ("Constant", [], 1, [("value_floats", (float[])[1f, 2f])]),
        ("ConstantOfShape", ["shape"], 1, []),
        ("Range", ["n0", "n4", "n1"], 1, []),
        ("NonMaxSuppression", ["x", "x", "one", "s", "s"], 1, []),
    ];

    private static readonly string[] OtherInputs = ["", "x", "v", "v4", "x4", "q", "s", "none", "c", "w", "m", "b", "one", "two", "pads", "shape", "scales", "huge", "below", "n0", "nan"];

    private static readonly object[] OtherValues =
    [
        0, -1, 99, int.MaxValue, float.NaN, "text", Ints(), Ints(0), Ints(-1, -1), Ints(1, 2, 3, 4, 5), Ints(int.MaxValue, int.MaxValue), Ints(-5, 0, 0, -5), (float[])[0.5f, 2f],
    ];

    private static readonly string[] OtherSettings = ["axis", "axes", "auto_pad", "split", "pads", "value"];

    // All of them take a minute: of these every fourth is tried, other ones for each version of the operators.
    private const int Every = 4;

    private readonly OnnxFiles _files = new();
    private readonly List<string> _faults = [];

    public void Dispose() => _files.Dispose();

    public static TheoryData<int> Opsets => [11, 18];

    [Theory]
    [MemberData(nameof(Opsets))]
    public void Whatever_an_operator_is_given_the_answer_is_our_own(int opset)
    {
        int refused = 0;
        int read = 0;
        int count = opset;
        foreach ((string operation, string[] inputs, int outputs, (string Name, object Value)[] attributes) in Valid)
        {
            Try(inputs, attributes);
            for (int i = 0; i < inputs.Length; i++)
            {
                Try(inputs[..i], attributes);
                foreach (string other in OtherInputs)
                {
                    Try([.. inputs[..i], other, .. inputs[(i + 1)..]], attributes);
                }
            }

            Try([.. inputs, "x"], attributes);
            Try([.. inputs, "s"], attributes);
            for (int i = 0; i < attributes.Length; i++)
            {
                Try(inputs, [.. attributes[..i], .. attributes[(i + 1)..]]);
            }

            foreach (string name in attributes.Select(static attribute => attribute.Name).Concat(OtherSettings).Distinct(StringComparer.Ordinal))
            {
                foreach (object value in OtherValues)
                {
                    Try(inputs, [.. attributes.Where(attribute => attribute.Name != name), (name, value)]);
                }
            }

            void Try(string[] given, (string Name, object Value)[] settings)
            {
                if (count++ % Every == 0)
                {
                    (read, refused) = IsRead(opset, operation, given, outputs, settings) ? (read + 1, refused) : (read, refused + 1);
                }
            }
        }

        _faults.Should().BeEmpty();
        read.Should().BeGreaterThan(300, "many changes are of what nobody reads");
        refused.Should().BeGreaterThan(300);
    }

    private bool IsRead(int opset, string operation, string[] inputs, int outputs, (string Name, object Value)[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(static i => i == 0 ? "y" : $"y{i}")];
        byte[] file = Surroundings(opset).Node(operation, inputs, names, attributes).Node("Relu", "y", "z").Output("z").Bytes;
        string what = $"opset {opset} {operation}({string.Join(", ", inputs)}) {string.Join(", ", attributes.Select(static attribute => $"{attribute.Name}={(attribute.Value is int[] numbers ? $"[{string.Join(' ', numbers)}]" : attribute.Value)}"))}";
        try
        {
            Network network = _files.Read(file);
            IModelFormat format = OnnxFile.Format();
            if (format.FindObstacles(network).IsEmpty)
            {
                format.Write(network, new MemorySink(), CancellationToken.None);
            }

            return true;
        }
        catch (InputException refusal)
        {
            if (Array.Exists(Foreign, word => refusal.Message.Contains(word, StringComparison.Ordinal)) || !refusal.Message.Contains("net.onnx", StringComparison.Ordinal) || !(refusal.Message.Contains("y node", StringComparison.Ordinal) || refusal.Message.Contains("z node", StringComparison.Ordinal) || refusal.Message.Contains("output 'z'", StringComparison.Ordinal)))
            {
                _faults.Add($"{what}: {refusal.Message}");
            }
        }
        catch (Exception foreign)
        {
            _faults.Add($"{what}: {foreign.GetType().Name} {foreign.Message} {foreign.StackTrace?.Split('\n').FirstOrDefault(static line => line.Contains("FormatOnnx", StringComparison.Ordinal))}");
        }

        return false;
    }

    private static OnnxSketch Surroundings(int opset) => new OnnxSketch(opset).Input("x", 1, 4, 8, 8)
        .Node("GlobalAveragePool", "x", "v4").Node("Flatten", "v4", "v").Node("Greater", ["x", "s"], ["q"]).Conv("x", "x4", 4, 8)
        .Weights("w", 4, 4, 3, 3).Weights("t", 4, 4, 3, 3).Weights("b", 4).Floats("ones", 1, 1, 1, 1).Weights("m", 4, 4).Weights("c", 1, 4, 8, 8).Number("s", 2).Number("nan", float.NaN)
        .Integers("none").Integers("one", 1).Integers("two", 2).Integers("halves", 2, 2).Integers("pads", 0, 0, 1, 1, 0, 0, 1, 1).Integers("shape", 1, 4, 8, 8).Integers("spots", 2, 3).Integers("ones4", 1, 1, 1, 1)
        .Floats("scales", 1, 1, 2, 2).Integers("huge", long.MaxValue, long.MaxValue, 1L << 40, 7).Integers("below", long.MinValue, -1, -7, -99)
        .Tensor("n0", 7, BitConverter.GetBytes(0L)).Tensor("n1", 7, BitConverter.GetBytes(1L)).Tensor("n4", 7, BitConverter.GetBytes(4L));
}
