using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// Follows how constants are spread over the places. A layer with weights begins anew with flat ones; a pool that counts its
/// padding makes them fall off towards the border.
/// </summary>
internal static class ConstantForms
{
    /// <summary>The forms of a node's channels; null where all are flat.</summary>
    /// <param name="network">The network.</param>
    /// <param name="node">A node.</param>
    /// <param name="constants">What is known of the values before it.</param>
    public static int[]? Of(Network network, Node node, IReadOnlyDictionary<string, ChannelConstants?> constants)
    {
        if (node.Operation is Convolution or Linear or BatchNorm)
        {
            return null;
        }

        ChannelConstants?[] inputs = [.. node.Inputs.Select(value => constants[value])];
        if (node.Operation is not AveragePool && Array.TrueForAll(inputs, static input => input is null or { IsFlat: true }))
        {
            return null;
        }

        Shape[] shapes = [.. node.Inputs.Select(network.ShapeOf)];
        Shape output = network.ShapeOf(node.Id);
        int[] forms = new int[output.Channels];
        switch (node.Operation)
        {
            case Add:
                for (int channel = 0; channel < forms.Length; channel++)
                {
                    forms[channel] = Joined(inputs, channel);
                }

                break;
            case Multiply:
                for (int channel = 0; channel < forms.Length; channel++)
                {
                    bool isFlat = Array.TrueForAll(inputs, input => input is null || input.FormOf(channel % input.Values.Length) == ChannelConstants.Flat);
                    forms[channel] = isFlat ? ChannelConstants.Flat : ChannelConstants.Odd;
                }

                break;
            default:
                if (ChannelRouting.Sources(node.Operation, shapes, output) is { } sources)
                {
                    int[] before = [.. inputs.SelectMany((input, i) => Enumerable.Range(0, shapes[i].Channels).Select(channel => input?.FormOf(channel) ?? ChannelConstants.Flat))];
                    for (int channel = 0; channel < forms.Length; channel++)
                    {
                        int form = sources[channel] == ChannelRouting.Nothing ? ChannelConstants.Flat : before[sources[channel]];
                        forms[channel] = After(network, node, shapes[0], output, form);
                    }
                }
                else
                {
                    Array.Fill(forms, ChannelConstants.Odd);
                }

                break;
        }

        return Array.TrueForAll(forms, static form => form == ChannelConstants.Flat) ? null : forms;
    }

    /// <summary>A sum has the form that all its parts have.</summary>
    private static int Joined(ChannelConstants?[] inputs, int channel)
    {
        int? joined = null;
        foreach (ChannelConstants input in inputs.OfType<ChannelConstants>().Where(input => input.Values[channel] != 0))
        {
            int form = input.FormOf(channel);
            joined = joined is null || joined == form ? form : ChannelConstants.Odd;
        }

        return joined ?? ChannelConstants.Flat;
    }

    private static int After(Network network, Node node, Shape input, Shape output, int form) => node.Operation switch
    {
        // What hands places on as they are, or scales them.
        Identity or Dropout or Concat or Split or Slice or ChannelShuffle or ChannelPadding => form,
        Activation { Kind: ActivationKind.Linear or ActivationKind.Relu or ActivationKind.LeakyRelu } => form,
        AveragePool { CountsPadding: true } pool when form == ChannelConstants.Flat && PaddingReach.SeesPadding(pool, input, output) => network.IndexOf(node.Id) + 1,
        _ => form == ChannelConstants.Flat ? ChannelConstants.Flat : ChannelConstants.Odd,
    };
}
