using PluginPrune.Contracts.Operations;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>Darknet's names of activations.</summary>
internal static class Activations
{
    private const double RelieSlope = 0.01;

    private static readonly Operation Leaky = new Activation(ActivationKind.LeakyRelu);

    // Where an operation has two names, the first is written.
    private static readonly (string Name, Operation Operation)[] All =
    [
        ("logistic", new Activation(ActivationKind.Sigmoid)),
        ("loggy", new Activation(ActivationKind.SymmetricSigmoid)),
        ("relu", new Activation(ActivationKind.Relu)),
        ("relu6", new Activation(ActivationKind.Relu6)),
        ("elu", new Activation(ActivationKind.Elu)),
        ("selu", new Activation(ActivationKind.Selu)),
        ("gelu", new Activation(ActivationKind.Gelu)),
        ("relie", new Activation(ActivationKind.Relie)),
        ("ramp", new Activation(ActivationKind.Ramp)),
        ("linear", new Activation(ActivationKind.Linear)),
        ("tanh", new Activation(ActivationKind.Tanh)),
        ("plse", new Activation(ActivationKind.PiecewiseSigmoid)),
        ("leaky", Leaky),
        ("revleaky", Leaky),
        ("stair", new Activation(ActivationKind.Stair)),
        ("hardtan", new Activation(ActivationKind.HardTanh)),
        ("lhtan", new Activation(ActivationKind.LeakyHardTanh)),
        ("swish", new Activation(ActivationKind.Silu)),
        ("mish", new Activation(ActivationKind.Mish)),
        ("hard_mish", new Activation(ActivationKind.HardMish)),
        ("normalize_channels", new ChannelNormalization(ChannelNormalizationKind.Sum)),
        ("normalize_channels_softmax", new ChannelNormalization(ChannelNormalizationKind.Softmax)),
        ("normalize_channels_softmax_maxval", new ChannelNormalization(ChannelNormalizationKind.SoftmaxMaximum)),
        ("norm_chan", new ChannelNormalization(ChannelNormalizationKind.Sum)),
        ("norm_chan_softmax", new ChannelNormalization(ChannelNormalizationKind.Softmax)),
        ("norm_chan_softmax_maxval", new ChannelNormalization(ChannelNormalizationKind.SoftmaxMaximum)),
    ];

    /// <summary>The operation with a name, or null.</summary>
    public static Operation? Find(string name) => Array.Find(All, entry => entry.Name == name).Operation;

    /// <summary>The names, for messages.</summary>
    public static string Names(bool withNormalization) =>
        string.Join(", ", All.Where(entry => withNormalization || entry.Operation is Activation).Select(static entry => entry.Name));

    /// <summary>Darknet's name of an operation, or null where it has none.</summary>
    public static string? NameOf(Operation operation) =>
        operation switch
        {
            Activation { Kind: ActivationKind.LeakyRelu, Slope: RelieSlope } => "relie",
            Activation { Kind: ActivationKind.LeakyRelu, Slope: not 0.1 } => null,

            // The slope of the others means nothing; it must not keep them from being found.
            Activation activation => Array.Find(All, entry => entry.Operation is Activation known && known.Kind == activation.Kind).Name,
            _ => Array.Find(All, entry => entry.Operation == operation).Name,
        };
}
