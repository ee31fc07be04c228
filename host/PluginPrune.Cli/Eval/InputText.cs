using System.Globalization;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Cli.Eval;

/// <summary>What a network takes, in a few words.</summary>
internal static class InputText
{
    /// <summary>For instance '416 x 416, stretched'.</summary>
    public static string Of(Network network)
    {
        NetworkInput input = network.Inputs[0];
        string fitted = input.Preprocessing.Resize == ResizeMode.Letterbox ? "letterboxed" : "stretched";
        return string.Create(CultureInfo.InvariantCulture, $"{input.Shape.Width} x {input.Shape.Height}, {fitted}");
    }
}
