using System.Globalization;
using System.Runtime.InteropServices;

namespace PluginPrune.EngineTorch.Bindings;

/// <summary>Where tensors lie: -1 is the processor, others are CUDA's numbers.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Device(int Index)
{
    public static Device Cpu { get; } = new(-1);

    public bool IsCuda => Index >= 0;

    /// <summary>Reads 'cpu', 'cuda' or 'cuda:1'.</summary>
    public static bool TryParse(string text, out Device device)
    {
        device = Cpu;
        if (text == "cpu")
        {
            return true;
        }

        int index = 0;
        bool isCuda = text == "cuda"
            || (text.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        device = new Device(isCuda ? index : -1);
        return isCuda;
    }

    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}") : "cpu";
}
