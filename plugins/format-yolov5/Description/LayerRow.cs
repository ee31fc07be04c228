namespace PluginPrune.FormatYolov5.Description;

/// <summary>A layer of a description: [from, number, module, args].</summary>
/// <param name="From">Which layers it reads: their numbers, or -1 for the one before.</param>
/// <param name="ReadsList">Whether they were given as a list.</param>
/// <param name="Number">How often, before the depth multiple.</param>
/// <param name="Kind">The module's class, for instance 'C3' or 'nn.Upsample'.</param>
/// <param name="Arguments">What it is made with: null, bool, long, double, string, lists of them.</param>
internal sealed record LayerRow(IReadOnlyList<long> From, bool ReadsList, long Number, string Kind, IReadOnlyList<object?> Arguments)
{
    public long Whole(int index, long otherwise) => index >= Arguments.Count ? otherwise
        : Arguments[index] is long whole and >= 0 and <= 65536 ? whole
        : throw new Shared.TorchFiles.TorchFileException($"argument {index} of a {Kind} is no whole number of 0 to 65536.");

    public bool Truth(int index, bool otherwise) => index >= Arguments.Count ? otherwise
        : Arguments[index] switch { bool truth => truth, long number => number != 0, _ => throw new Shared.TorchFiles.TorchFileException($"argument {index} of a {Kind} is neither True nor False.") };

    public double Real(int index, double otherwise) => index >= Arguments.Count ? otherwise : Arguments[index] switch { double real => real, long whole => whole, _ => otherwise };
}
