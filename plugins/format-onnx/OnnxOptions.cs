using PluginPrune.Contracts.Options;

namespace PluginPrune.FormatOnnx;

/// <summary>The options of the ONNX format.</summary>
public sealed class OnnxOptions
{
    /// <summary>The version of the standard operators that the file is written for.</summary>
    /// <value>The default is 13, which every runtime of the last years takes.</value>
    [Option("Version of the ONNX operators to write for", Minimum = 13, Maximum = 21)]
    public int Opset { get; init; } = 13;

    /// <summary>What the file gives.</summary>
    /// <value>The default is <see cref="OutputForm.Raw"/>.</value>
    [Option("What the file gives: what the heads read, or boxes [N, boxes, x y w h objectness classes...] in pixels of the input")]
    public OutputForm Outputs { get; init; }

    /// <summary>Names of the outputs, joined by commas; as many as there are.</summary>
    /// <value>The default is none: raw outputs bear the names of their values, decoded ones are called 'boxes'.</value>
    [Option("Names of the outputs, joined by commas")]
    public string? OutputNames { get; init; }

    /// <summary>Whether batch normalization stays an operator of its own.</summary>
    /// <value>The default is false: it is folded into the convolution before it.</value>
    [Option("Keep batch normalization beside the convolution instead of folding it in")]
    public bool KeepBn { get; init; }

    /// <summary>Whether the file takes any number of pictures at once.</summary>
    /// <value>The default is false: one.</value>
    [Option("Take any number of pictures at once instead of one")]
    public bool DynamicBatch { get; init; }

    /// <summary>Whether the file takes pictures of other sizes, multiples of the network's stride.</summary>
    /// <value>The default is false: the network's own size.</value>
    [Option("Take pictures of any size that the network's stride divides")]
    public bool DynamicSize { get; init; }
}
